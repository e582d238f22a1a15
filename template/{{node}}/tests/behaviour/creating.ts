/** What making a row keeps. */

import { uuidv7 } from 'uuidv7';
import { describe, expect } from 'vitest';

import { jsonName, jsonNames } from '../../src/lib/contract/casing.ts';
import { body, code, faults, faulty, member, refusal } from '../support/answers.ts';
import {
  type Factory,
  faultOf,
  faultOfEach,
  isOwned,
  only,
  shown,
  without,
} from '../support/factory.ts';
import { test as ofService } from '../support/test.ts';
import { REFUSED, statusesOfRefusedBodies } from './bodies.ts';
import { relatedIn, relatedOf } from './relating.ts';

/** Holds the creates of a resource to what is promised of any. */
export function describeCreating(factory: Factory, test = ofService): void {
  const { path } = factory;

  describe('a create', () => {
    test('201, where the row is, its version and all that it holds', async ({ stage }) => {
      const actor = await stage.actor();
      const sent = await stage.body(factory, actor);
      const answer = await actor.client.post(path, sent);
      expect(answer.status, answer.text).toBe(201);
      const [row] = await stage.rows(factory);
      expect(answer.headers.get('location')).toBe(`${path}/${row?.id}`);
      expect(answer.headers.get('etag')).toBeTruthy();
      expect(body(answer)).toEqual(shown(factory, row ?? {}));
      expect(body(answer)).toMatchObject(only(sent, namesIn(sent, body(answer))));
      const owner = isOwned(factory) ? { ownerId: actor.id } : {};
      expect(row).toMatchObject({ version: 1, ...owner });
    });

    test('201 with defaults for what is left out, null where there are none', async ({ stage }) => {
      const actor = await stage.actor();
      const needed = new Set(
        [...factory.required, ...Object.keys(factory.relations)].map(jsonName),
      );
      const left = Object.keys(factory.values(0)).map(jsonName);
      const optional = left.filter((name) => !needed.has(name));
      const sent = without(await stage.body(factory, actor), optional);
      const answer = await actor.client.post(path, sent);
      expect(answer.status, answer.text).toBe(201);
      expect(body(answer)).toMatchObject(jsonNames(factory.defaults));
    });

    test('201 with null where it may be', async ({ stage }) => {
      const actor = await stage.actor();
      const empty = without(factory.nothing, factory.serverMade);
      const answer = await actor.client.post(path, await stage.body(factory, actor, empty));
      expect(answer.status, answer.text).toBe(201);
      const known = only(jsonNames(empty), namesIn(jsonNames(empty), body(answer)));
      expect(body(answer)).toMatchObject(known);
    });

    test('201 with values at their limits, as the contract writes them', async ({ stage }) => {
      const actor = await stage.actor();
      for (const [attribute, given, answered] of factory.accepted) {
        const sent = { ...(await stage.body(factory, actor)), [jsonName(attribute)]: given };
        const answer = await actor.client.post(path, sent);
        expect(answer.status, `${attribute} ${answer.text}`).toBe(201);
        const isShown = factory.members.includes(attribute);
        expect(member(answer, attribute)).toEqual(isShown ? answered : undefined);
      }
    });
  });

  describe('a create that is refused', () => {
    test('422 for each invalid value, with the message for it', async ({ stage }) => {
      const actor = await stage.actor();
      const valid = await stage.body(factory, actor);
      for (const refused of factory.refused) {
        const [attribute, given] = refused;
        const answer = await actor.client.post(path, { ...valid, [jsonName(attribute)]: given });
        expect([answer.status, faults(answer)]).toEqual([422, faultOf(refused)]);
      }
      expect(await stage.rows(factory)).toEqual([]);
    });

    test('422 for what is missing, unknown, or made by the server', async ({ stage }) => {
      const actor = await stage.actor();
      const needed = Object.keys(factory.relations).filter(
        (name) => factory.relations[name]?.isRequired,
      );
      const missing = faultOfEach([...needed, ...factory.required], 'required');
      const answer = await actor.client.post(path, { nonsense: 1 });
      expect(answer.status).toBe(422);
      expect(faults(answer)).toEqual({ ...missing, ...faultOfEach(['nonsense'], 'unknown') });
      const valid = await stage.body(factory, actor);
      for (const name of ['nonsense', ...factory.serverMade, 'version']) {
        const refused = await actor.client.post(path, { ...valid, [jsonName(name)]: null });
        expect(faults(refused)).toEqual(faultOfEach([name], 'unknown'));
      }
    });

    test('422 for members that do not go together', async ({ stage }) => {
      const actor = await stage.actor();
      for (const [together, blamed] of factory.brokenRules) {
        const answer = await actor.client.post(path, await stage.body(factory, actor, together));
        expect(answer.status).toBe(422);
        expect(faults(answer)).toEqual(faultOfEach([blamed], 'not_null_when'));
      }
    });

    test('a body that cannot be read: 400, 413, 415 or 422', async ({ stage }) => {
      const { client } = await stage.actor();
      expect(await statusesOfRefusedBodies(client, 'POST', path)).toEqual(REFUSED);
    });

    test('400 for a parameter', async ({ stage }) => {
      const { client } = await stage.actor();
      expect(faulty(await client.post(`${path}?limit=1`, {}))).toEqual([400, 'limit']);
    });

    test('409 that names each member that is taken', async ({ stage }) => {
      const actor = await stage.actor();
      for (const unique of factory.uniques) {
        const row = await stage.store(factory, actor, await relatedIn(unique, stage, factory));
        const taken = unique.filter((name) => name !== 'ownerId');
        const sent = await stage.body(factory, actor, only(row, taken));
        const answer = await actor.client.post(path, sent);
        expect(refusal(answer)).toEqual([409, 'CONFLICT']);
        expect(faults(answer)).toEqual(faultOfEach(taken, 'taken'));
      }
    });
  });

  describe('the relations of a new row', () => {
    test('422 for one that leads nowhere', async ({ stage }) => {
      const actor = await stage.actor();
      const valid = await stage.body(factory, actor);
      const alone = Object.keys(factory.relations).map((name) => [name, uuidv7()] as const);
      const listed = Object.keys(factory.linked).map((name) => [name, [uuidv7()]] as const);
      for (const [name, value] of [...alone, ...listed]) {
        const answer = await actor.client.post(path, { ...valid, [jsonName(name)]: value });
        expect(answer.status).toBe(422);
        expect(faults(answer)).toEqual(faultOfEach([name], 'relation'));
      }
    });

    test('are listed by id, each once', async ({ stage }) => {
      const actor = await stage.actor();
      for (const [name, target] of Object.entries(factory.linked)) {
        const ids = await relatedOf(target, 2, stage);
        const sent = await stage.body(factory, actor, { [name]: ids.toReversed() });
        const answer = await actor.client.post(path, sent);
        expect(answer.status, answer.text).toBe(201);
        expect(member(answer, name)).toEqual(ids);
        const twice = await actor.client.post(path, {
          ...sent,
          [jsonName(name)]: [ids[0], ids[0]],
        });
        expect([code(twice), faults(twice)]).toEqual([
          'VALIDATION_ERROR',
          faultOfEach([name], 'duplicates'),
        ]);
      }
    });
  });
}

/** Returns the names of `sent` that an answer shows. */
function namesIn(sent: object, answered: object): string[] {
  return Object.keys(sent).filter((name) => name in answered);
}
