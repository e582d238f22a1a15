/** What reading a single row keeps. */

import { uuidv7 } from 'uuidv7';
import { describe, expect } from 'vitest';

import { jsonName } from '../../src/lib/contract/casing.ts';
import { body, code, faulty, member, refusal } from '../support/answers.ts';
import { type Factory, shown } from '../support/factory.ts';
import { test as ofService } from '../support/test.ts';

/** Holds the reads of a resource to what is promised of any. */
export function describeReading(factory: Factory, test = ofService): void {
  describe('a row that is read', () => {
    test('200 with its members and no others, in one order', async ({ stage }) => {
      const actor = await stage.actor();
      const row = await stage.store(factory, actor);
      const answer = await actor.client.get(`${factory.path}/${row.id}`);
      expect(answer.status).toBe(200);
      expect(answer.headers.get('content-type')).toBe('application/json');
      expect(body(answer)).toEqual(shown(factory, row));
      expect(Object.keys(body(answer))).toEqual(factory.members.map(jsonName));
    });

    test('200 with null for what is empty', async ({ stage }) => {
      const actor = await stage.actor();
      const row = await stage.store(factory, actor, factory.nothing);
      const answer = await actor.client.get(`${factory.path}/${row.id}`);
      expect(body(answer)).toEqual(shown(factory, row));
    });

    test('200 for its id in any letter case', async ({ stage }) => {
      const actor = await stage.actor();
      const { id } = await stage.store(factory, actor);
      const answer = await actor.client.get(`${factory.path}/${id.toUpperCase()}`);
      expect(member(answer, 'id')).toBe(id);
    });

    test('200 with those fields alone that were asked for, without a tag', async ({ stage }) => {
      const actor = await stage.actor();
      const row = await stage.store(factory, actor);
      for (const [name, value] of Object.entries(shown(factory, row))) {
        const answer = await actor.client.get(`${factory.path}/${row.id}?fields=${name}`);
        expect(body(answer)).toEqual({ [name]: value });
        expect(answer.headers.has('etag')).toBe(false);
      }
    });

    test('200 to HEAD, without a body', async ({ stage }) => {
      const actor = await stage.actor();
      const { id } = await stage.store(factory, actor);
      const answer = await actor.client.request('HEAD', `${factory.path}/${id}`);
      expect([answer.status, answer.text, answer.headers.has('etag')]).toEqual([200, '', true]);
    });
  });

  describe('a tag that the client has', () => {
    test.for(['tag', 'W/tag', '"other", tag', '*'])('304 for %s', async (form, { stage }) => {
      const actor = await stage.actor();
      const path = `${factory.path}/${(await stage.store(factory, actor)).id}`;
      const tag = (await actor.client.get(path)).headers.get('etag') ?? '';
      const answer = await actor.client.get(path, { 'If-None-Match': form.replace('tag', tag) });
      expect([answer.status, answer.text]).toEqual([304, '']);
      expect(answer.headers.get('etag')).toBe(tag);
    });

    test.for([
      ['"other"', 200],
      ['other', 400],
    ] as const)('%s is answered %i', async ([header, status], { stage }) => {
      const actor = await stage.actor();
      const path = `${factory.path}/${(await stage.store(factory, actor)).id}`;
      for (const query of ['', '?fields=id']) {
        const answer = await actor.client.get(path + query, { 'If-None-Match': header });
        expect(answer.status).toBe(status);
      }
    });
  });

  describe('a read that is refused', () => {
    test.for(['fields=nonsense', 'limit=1', 'nonsense=1'])(
      '400 for %s',
      async (query, { stage }) => {
        const actor = await stage.actor();
        const { id } = await stage.store(factory, actor);
        const answer = await actor.client.get(`${factory.path}/${id}?${query}`);
        expect(code(answer)).toBe('INVALID_PARAMETER');
        expect(faulty(answer)).toEqual([400, query.split('=')[0]]);
      },
    );

    test('404 for what is not there, what is no id, and a slash at the end', async ({ stage }) => {
      const actor = await stage.actor();
      const { id } = await stage.store(factory, actor);
      for (const end of [uuidv7(), '1', id.replaceAll('-', ''), `${id}/`]) {
        const answer = await actor.client.get(`${factory.path}/${end}`);
        expect(refusal(answer)).toEqual([404, 'NOT_FOUND']);
      }
    });
  });
}
