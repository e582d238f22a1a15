/** What changing a row keeps: merge patches, and one winner of two writers. */

import { uuidv7 } from 'uuidv7';
import { describe, expect } from 'vitest';

import { jsonName, jsonNames } from '../../src/lib/contract/casing.ts';
import { body, faults, faulty, member, refusal } from '../support/answers.ts';
import { type Factory, faultOf, faultOfEach, only, shown, without } from '../support/factory.ts';
import type { Person } from '../support/people.ts';
import type { StoredRow } from '../support/rows.ts';
import type { Stage } from '../support/stage.ts';
import { test as ofService } from '../support/test.ts';
import { JSON_TYPE, REFUSED, statusesOfRefusedBodies } from './bodies.ts';
import { relatedIn, relatedOf } from './relating.ts';

const STAMPS = ['updatedAt', 'version'].map(jsonName);
const MERGE_PATCH = { 'Content-Type': 'application/merge-patch+json' };

interface Given {
  readonly actor: Person;
  readonly row: StoredRow;
  readonly path: string;
}

/** Holds the changes of a resource to what is promised of any. */
export function describeUpdating(factory: Factory, test = ofService): void {
  /** Makes a row, and somebody who may change it. */
  async function given(stage: Stage): Promise<Given> {
    const actor = await stage.actor();
    const row = await stage.store(factory, actor);
    return { actor, row, path: `${factory.path}/${row.id}` };
  }

  describe('a change', () => {
    test('200 with what was sent and no more, at the next version', async ({ stage }) => {
      const { actor, row, path } = await given(stage);
      const patch = await stage.change(factory, row, actor);
      const answer = await actor.client.patch(path, patch);
      expect(answer.status, answer.text).toBe(200);
      const before = shown(factory, row);
      const known = Object.keys(patch).filter((name) => name in before);
      const stamps = only(body(answer), STAMPS);
      expect(body(answer)).toEqual({ ...before, ...only(patch, known), ...stamps });
      expect(member(answer, 'version')).toBe(2);
      expect(shown(factory, (await stage.reload(factory, row)) ?? {})).toEqual(body(answer));
    });

    test('200 for one member alone, as a merge patch too', async ({ stage }) => {
      const { actor, row, path } = await given(stage);
      for (const [name, value] of Object.entries(await stage.change(factory, row, actor))) {
        const before = shown(factory, (await stage.reload(factory, row)) ?? {});
        const answer = await actor.client.patch(path, { [name]: value }, MERGE_PATCH);
        expect(answer.status, answer.text).toBe(200);
        const changed = [name, ...STAMPS];
        expect(without(body(answer), changed)).toEqual(without(before, changed));
      }
    });

    test('200 and the same version where nothing changes', async ({ stage }) => {
      const { actor, row, path } = await given(stage);
      const known = Object.keys(factory.values(0)).filter((name) => factory.members.includes(name));
      const same = jsonNames(without(only(row, known), factory.serverMade));
      for (const patch of [{}, same, { version: 1 }]) {
        const answer = await actor.client.patch(path, patch);
        expect([answer.status, body(answer)]).toEqual([200, shown(factory, row)]);
      }
    });

    test('200 with null where it may be', async ({ stage }) => {
      const { actor, path } = await given(stage);
      const empty = jsonNames(without(factory.nothing, factory.serverMade));
      const answer = await actor.client.patch(path, empty);
      expect(answer.status, answer.text).toBe(200);
      const known = Object.keys(empty).filter((name) => name in body(answer));
      expect(body(answer)).toMatchObject(only(empty, known));
    });
  });

  describe('of two writers one is told', () => {
    test.for([
      ['tag', 200],
      ['"other", tag', 200],
      ['*', 200],
      ['"other"', 412],
      ['W/tag', 412],
      ['malformed', 400],
    ] as const)('If-Match: %s is answered %i', async ([form, status], { stage }) => {
      const one = await given(stage);
      const headers = { 'If-Match': form.replace('tag', await tagOf(one)) };
      expect((await one.actor.client.patch(one.path, {}, headers)).status).toBe(status);
    });

    test('412 for an old tag, 409 for an old version, and nothing changes', async ({ stage }) => {
      const one = await given(stage);
      const { actor, row, path } = one;
      const old = { 'If-Match': await tagOf(one) };
      const first = await actor.client.patch(path, await stage.change(factory, row, actor), old);
      expect(first.status, first.text).toBe(200);
      expect(first.headers.get('etag')).not.toBe(old['If-Match']);
      const late = await stage.change(factory, row, actor);
      const byTag = await actor.client.patch(path, late, old);
      expect(refusal(byTag)).toEqual([412, 'PRECONDITION_FAILED']);
      const byVersion = await actor.client.patch(path, { ...late, version: 1 });
      expect(refusal(byVersion)).toEqual([409, 'VERSION_MISMATCH']);
      expect(await stage.reload(factory, row)).toMatchObject({ version: 2 });
    });
  });

  describe('a change that is refused', () => {
    test('422 for each invalid value, with the message for it', async ({ stage }) => {
      const { actor, row, path } = await given(stage);
      for (const refused of factory.refused) {
        const [attribute, value] = refused;
        const answer = await actor.client.patch(path, { [jsonName(attribute)]: value });
        expect([answer.status, faults(answer)]).toEqual([422, faultOf(refused)]);
      }
      for (const name of ['nonsense', ...factory.serverMade]) {
        const answer = await actor.client.patch(path, { [jsonName(name)]: null });
        expect(faults(answer)).toEqual(faultOfEach([name], 'unknown'));
      }
      expect(await stage.reload(factory, row)).toEqual(row);
    });

    test('422 for members that do not go together', async ({ stage }) => {
      const { actor, path } = await given(stage);
      for (const [together, blamed] of factory.brokenRules) {
        const answer = await actor.client.patch(path, jsonNames(together));
        expect(answer.status).toBe(422);
        expect(faults(answer)).toEqual(faultOfEach([blamed], 'not_null_when'));
      }
    });

    test('a body that cannot be read: 400, 413, 415 or 422', async ({ stage }) => {
      const { actor, path } = await given(stage);
      expect(await statusesOfRefusedBodies(actor.client, 'PATCH', path)).toEqual(REFUSED);
    });

    test('400 for the query, then for the body, then 404 for the row', async ({ stage }) => {
      const { client } = await stage.actor();
      const path = `${factory.path}/${uuidv7()}`;
      const malformed = { body: '{', headers: JSON_TYPE };
      expect(faulty(await client.request('PATCH', `${path}?limit=1`, malformed))[1]).toBe('limit');
      const answer = await client.request('PATCH', path, malformed);
      expect(refusal(answer)).toEqual([400, 'MALFORMED_JSON']);
      for (const [end, patch] of [[path, {}] as const, [`${factory.path}/1`, { x: 1 }] as const]) {
        expect(refusal(await client.patch(end, patch))).toEqual([404, 'NOT_FOUND']);
      }
    });

    test('409 that names each member that is taken', async ({ stage }) => {
      const actor = await stage.actor();
      for (const unique of factory.uniques) {
        const related = await relatedIn(unique, stage, factory);
        const first = await stage.store(factory, actor, related);
        const { id } = await stage.store(factory, actor, related);
        const taken = unique.filter((name) => name !== 'ownerId');
        const patch = jsonNames(only(first, taken));
        const answer = await actor.client.patch(`${factory.path}/${id}`, patch);
        expect(refusal(answer)).toEqual([409, 'CONFLICT']);
        expect(faults(answer)).toEqual(faultOfEach(taken, 'taken'));
      }
    });
  });

  describe('the relations of a row', () => {
    test('200 to another row, 422 to nothing', async ({ stage }) => {
      const { actor, path } = await given(stage);
      for (const [name, { target }] of Object.entries(factory.relations)) {
        const [other] = await relatedOf(target, 1, stage);
        const moved = await actor.client.patch(path, { [jsonName(name)]: other });
        expect(member(moved, name), moved.text).toBe(other);
        const answer = await actor.client.patch(path, { [jsonName(name)]: uuidv7() });
        expect([answer.status, faults(answer)]).toEqual([422, faultOfEach([name], 'relation')]);
      }
    });

    test('200 for lists, which are replaced whole', async ({ stage }) => {
      const { actor, path } = await given(stage);
      for (const [name, target] of Object.entries(factory.linked)) {
        const ids = await relatedOf(target, 3, stage);
        for (const listed of [ids.slice(0, 2), ids.slice(1), []]) {
          const answer = await actor.client.patch(path, { [jsonName(name)]: listed.toReversed() });
          expect(member(answer, name), answer.text).toEqual(listed);
        }
        const answer = await actor.client.patch(path, { [jsonName(name)]: [uuidv7()] });
        expect(faults(answer)).toEqual(faultOfEach([name], 'relation'));
      }
    });
  });
}

async function tagOf({ actor, path }: Given): Promise<string> {
  return (await actor.client.patch(path, {})).headers.get('etag') ?? '';
}
