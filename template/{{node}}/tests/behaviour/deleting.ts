/** What deleting a row keeps, and what becomes of the rows that refer to it. */

import { uuidv7 } from 'uuidv7';
import { describe, expect } from 'vitest';

import { faulty, refusal } from '../support/answers.ts';
import type { Factory, Relation } from '../support/factory.ts';
import { everyFactory, factoryOf } from '../support/known.ts';
import { test as ofService } from '../support/test.ts';

/** Holds the deletes of a resource to what is promised of any. */
export function describeDeleting(factory: Factory, test = ofService): void {
  /** Returns every resource, and its relation, that refers to this one in that way. */
  function referring(onDelete: Relation['onDelete']): [other: Factory, name: string][] {
    return everyFactory().flatMap((other) =>
      Object.entries(other.relations)
        .filter(([, relation]) => factoryOf(relation.target) === factory)
        .filter(([, relation]) => relation.onDelete === onDelete)
        .map(([name]): [Factory, string] => [other, name]),
    );
  }

  /** Returns every resource, and its many-to-many relation, that lists this one. */
  function listing(): [other: Factory, name: string][] {
    return everyFactory().flatMap((other) =>
      Object.entries(other.linked)
        .filter(([, target]) => factoryOf(target) === factory)
        .map(([name]): [Factory, string] => [other, name]),
    );
  }

  describe('a delete', () => {
    test('204 without a body, and then 404', async ({ stage }) => {
      const actor = await stage.actor();
      const row = await stage.store(factory, actor);
      const path = `${factory.path}/${row.id}`;
      const answer = await actor.client.delete(path);
      expect([answer.status, answer.text]).toEqual([204, '']);
      expect(await stage.reload(factory, row)).toBeUndefined();
      expect(refusal(await actor.client.delete(path))).toEqual([404, 'NOT_FOUND']);
    });

    test('404 for what is not there, and for what is no id', async ({ stage }) => {
      const { client } = await stage.actor();
      for (const end of [uuidv7(), '1']) {
        const answer = await client.delete(`${factory.path}/${end}`);
        expect(refusal(answer)).toEqual([404, 'NOT_FOUND']);
      }
    });

    test.for([
      ['"other"', 412],
      ['W/"1"', 412],
      ['malformed', 400],
      ['*', 204],
    ] as const)('If-Match: %s is answered %i', async ([header, status], { stage }) => {
      const actor = await stage.actor();
      const row = await stage.store(factory, actor);
      const headers = { 'If-Match': header };
      const answer = await actor.client.delete(`${factory.path}/${row.id}`, headers);
      expect(answer.status).toBe(status);
      const isGone = (await stage.reload(factory, row)) === undefined;
      expect(isGone).toBe(status === 204);
    });

    test('400 for a parameter', async ({ stage }) => {
      const { client } = await stage.actor();
      const answer = await client.delete(`${factory.path}/${uuidv7()}?limit=1`);
      expect(faulty(answer)).toEqual([400, 'limit']);
    });
  });

  describe('what refers to a deleted row', () => {
    test('keeps it where it must: 409', async ({ stage }) => {
      const actor = await stage.actor();
      for (const [other, name] of referring('restrict')) {
        const row = await stage.store(factory, actor);
        await stage.store(other, actor, { [name]: row.id });
        const answer = await actor.client.delete(`${factory.path}/${row.id}`);
        expect(refusal(answer)).toEqual([409, 'CONFLICT']);
        expect(await stage.reload(factory, row)).toEqual(row);
      }
    });

    test('goes along where it is a part: 204', async ({ stage }) => {
      const actor = await stage.actor();
      for (const [other, name] of referring('cascade')) {
        const row = await stage.store(factory, actor);
        const part = await stage.store(other, actor, { [name]: row.id });
        const answer = await actor.client.delete(`${factory.path}/${row.id}`);
        expect(answer.status, answer.text).toBe(204);
        expect(await stage.reload(other, part)).toBeUndefined();
      }
    });

    test('is emptied where it can be, with a new version: 204', async ({ stage }) => {
      const actor = await stage.actor();
      for (const [other, name] of referring('set_null')) {
        const row = await stage.store(factory, actor);
        const holder = await stage.store(other, actor, { [name]: row.id });
        const answer = await actor.client.delete(`${factory.path}/${row.id}`);
        expect(answer.status, answer.text).toBe(204);
        expect(await stage.reload(other, holder)).toMatchObject({ [name]: null, version: 2 });
      }
    });

    test('lists it no longer, with a new version: 204', async ({ stage }) => {
      const actor = await stage.actor();
      for (const [other, name] of listing()) {
        const row = await stage.store(factory, actor);
        const lister = await stage.store(other, actor, { [name]: [row.id] });
        const answer = await actor.client.delete(`${factory.path}/${row.id}`);
        expect(answer.status, answer.text).toBe(204);
        expect(await stage.reload(other, lister)).toMatchObject({ [name]: [], version: 2 });
      }
    });
  });
}
