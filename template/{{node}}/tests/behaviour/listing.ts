/** What every list keeps: pages, order, and never more than was asked for. */

import { describe, expect } from 'vitest';

import { jsonName } from '../../src/lib/contract/casing.ts';
import { body, code, faulty, refusal } from '../support/answers.ts';
import { type Factory, only, shown } from '../support/factory.ts';
import { test as ofService } from '../support/test.ts';
import { inOrder } from './ordering.ts';
import { list, nextOf, pageOf, rowsOf, storeSome, walk } from './walking.ts';

const CREATED_AT = jsonName('createdAt');
const FAULTY = [
  'nonsense=1',
  'limit=0',
  'limit=101',
  'limit=two',
  'limit=1&limit=1',
  'sort=nonsense',
  'sort=',
  `sort=${CREATED_AT},-${CREATED_AT}`,
  'fields=nonsense',
  'fields=id,id',
  'count=1',
  'count=',
  'cursor=forged',
  'cursor=',
  'id[nonsense]=1',
  'q%5B=1',
];

/** Holds the list of a resource to what is promised of any. */
export function describeListing(factory: Factory, test = ofService): void {
  const { path } = factory;

  describe('a list', () => {
    test('200 with a page even where there is no row', async ({ stage }) => {
      const { client } = await stage.actor();
      const answer = await client.get(path);
      const page = { limit: 20, [jsonName('hasMore')]: false, [jsonName('nextCursor')]: null };
      expect([answer.status, body(answer)]).toEqual([200, { data: [], page }]);
    });

    test('200 with the members of rows and no others, newest first', async ({ stage }) => {
      const actor = await stage.actor();
      const rows = await storeSome(stage, factory, actor);
      const found = rowsOf(await actor.client.get(path));
      expect(found).toEqual(rows.toReversed().map((row) => shown(factory, row)));
      expect(Object.keys(found[0] ?? {})).toEqual(factory.members.map(jsonName));
    });

    test('200 with those fields alone that were asked for', async ({ stage }) => {
      const actor = await stage.actor();
      const row = shown(factory, await stage.store(factory, actor));
      for (const name of Object.keys(row)) {
        const fields = [...new Set(['id', name])];
        const answer = await actor.client.get(`${path}?fields=${fields.join()}`);
        expect(rowsOf(answer)).toEqual([only(row, fields)]);
      }
    });

    test('200 to HEAD, without a body', async ({ stage }) => {
      const { client } = await stage.actor();
      const answer = await client.request('HEAD', path);
      expect([answer.status, answer.text]).toEqual([200, '']);
    });

    test('404 with a slash at the end', async ({ stage }) => {
      const { client } = await stage.actor();
      expect(refusal(await client.get(`${path}/`))).toEqual([404, 'NOT_FOUND']);
    });

    test.for(FAULTY)('400 for %s', async (query, { stage }) => {
      const { client } = await stage.actor();
      const answer = await client.get(`${path}?${query}`);
      expect(code(answer)).toBe('INVALID_PARAMETER');
      expect(faulty(answer)).toEqual([400, query.split('=')[0]?.replace('%5B', '[')]);
    });
  });

  describe('pages', () => {
    test('lead through every row once', async ({ stage }) => {
      const actor = await stage.actor();
      const rows = await storeSome(stage, factory, actor);
      for (const limit of [1, 2, rows.length]) {
        expect(await walk(actor.client, path, { limit })).toEqual(inOrder(factory, rows));
      }
    });

    test('count all rows where that is asked for', async ({ stage }) => {
      const { client } = await stage.actor();
      const { length } = await storeSome(stage, factory, await stage.actor());
      let next: string | undefined = `${path}?count=true&limit=1`;
      while (next !== undefined) {
        const answer = await client.get(next);
        expect(pageOf(answer)['total']).toBe(length);
        next = nextOf(answer);
      }
      expect(pageOf(await client.get(`${path}?count=false`))).not.toHaveProperty('total');
    });

    test('go on with or without a count', async ({ stage }) => {
      const { client } = await stage.actor();
      const rows = await storeSome(stage, factory, await stage.actor());
      const first = pageOf(await list(client, path, { count: 'true', limit: 1 }));
      const cursor = String(first[jsonName('nextCursor')]);
      const answer = await list(client, path, { cursor });
      expect(answer.status).toBe(rows.length > 1 ? 200 : 400);
    });

    test.skipIf(factory.capacity < 2)('400 for a cursor of another list', async ({ stage }) => {
      const { client } = await stage.actor();
      await storeSome(stage, factory, await stage.actor());
      const first = pageOf(await list(client, path, { limit: 1 }));
      const cursor = String(first[jsonName('nextCursor')]);
      const turned = cursor.slice(0, -1) + (cursor.endsWith('A') ? 'Q' : 'A');
      for (const query of [{ cursor, sort: CREATED_AT }, { cursor: turned }]) {
        expect(faulty(await list(client, path, query))).toEqual([400, 'cursor']);
      }
    });
  });

  describe('orders', () => {
    test('lead through every row once, both ways', async ({ stage }) => {
      const { client } = await stage.actor();
      const rows = await storeSome(stage, factory, await stage.actor());
      for (const name of factory.sorts) {
        for (const sign of ['', '-']) {
          const found = await walk(client, path, { limit: 2, sort: sign + jsonName(name) });
          expect(found, sign + name).toEqual(inOrder(factory, rows, sign + name));
        }
      }
    });

    test('of several fields go one within the other', async ({ stage }) => {
      const { client } = await stage.actor();
      const rows = await storeSome(stage, factory, await stage.actor());
      const [first = '', second = ''] = factory.sorts;
      for (const [sign, other] of ['- ', ' -', '--'].map((signs) => signs.split(''))) {
        const order = (one: string, two: string) =>
          `${sign}${one},${other}${two}`.replaceAll(' ', '');
        const sort = order(jsonName(first), jsonName(second));
        const found = await walk(client, path, { limit: 2, sort });
        expect(found, sort).toEqual(inOrder(factory, rows, order(first, second)));
      }
    });

    test('of texts go by code point', async ({ stage }) => {
      const actor = await stage.actor();
      const texts = ['b', 'a', 'B', 'ä', 'a '];
      for (const name of factory.orderedTexts) {
        for (const text of texts) await stage.store(factory, actor, { [name]: text });
        const rows = (await stage.rows(factory)).filter((row) => texts.includes(String(row[name])));
        const wanted = inOrder(factory, rows, name);
        const found = await walk(actor.client, path, { limit: 2, sort: jsonName(name) });
        expect(found.filter((id) => wanted.includes(id))).toEqual(wanted);
      }
    });
  });
}
