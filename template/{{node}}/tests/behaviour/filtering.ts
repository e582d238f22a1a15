/** What every filter keeps: it finds what it names, and nothing else. */

import { uuidv7 } from 'uuidv7';
import { describe, expect } from 'vitest';

import { jsonName } from '../../src/lib/contract/casing.ts';
import { toJson } from '../../src/lib/contract/encoding.ts';
import { faulty } from '../support/answers.ts';
import type { Factory } from '../support/factory.ts';
import type { StoredRow } from '../support/rows.ts';
import { test as ofService } from '../support/test.ts';
import { compare, inOrder } from './ordering.ts';
import { relatedOf } from './relating.ts';
import { inQuery, list, storeSome, total, walk } from './walking.ts';

/** An operator, what is asked for with it, and what it must let through. */
type Case = readonly [operator: string, text: string, keeps: (held: unknown) => boolean];

function casesOf(factory: Factory, name: string, rows: readonly StoredRow[]): Case[] {
  const held = rows.map((row) => row[name]).filter((value) => value !== null);
  const values = [...new Set(held)].slice(-2);
  const nulls: Case[] = [
    ['[null]', 'true', (found) => found === null],
    ['[null]', 'false', (found) => found !== null],
  ];
  if (values.length === 0) return nulls;
  const text = inQuery(values[0]);
  const signs = factory.comparable.includes(name) ? Object.entries(COMPARISONS) : [];
  return [
    ...nulls,
    ['', text, (found) => found === values[0]],
    ['[ne]', text, (found) => found !== values[0]],
    ['[in]', values.map(inQuery).join(), (found) => values.some((value) => value === found)],
    ...signs.map(([operator, keeps]): Case => {
      const keepsValue = (found: unknown) => keeps(compare(factory, name, found, values[0]));
      return [operator, text, (found) => found !== null && keepsValue(found)];
    }),
  ];
}

const COMPARISONS = {
  '[gt]': (sign: number) => sign > 0,
  '[gte]': (sign: number) => sign >= 0,
  '[lt]': (sign: number) => sign < 0,
  '[lte]': (sign: number) => sign <= 0,
};

/** Holds the filters of a resource's list to what is promised of any. */
export function describeFiltering(factory: Factory, test = ofService): void {
  const { path } = factory;

  describe('filters', () => {
    test('find what they name, with every operator', async ({ stage }) => {
      const { client } = await stage.actor();
      const rows = await storeSome(stage, factory, await stage.actor());
      for (const name of factory.filters) {
        for (const [operator, text, keeps] of casesOf(factory, name, rows)) {
          const query = { [jsonName(name) + operator]: text };
          const kept = rows.filter((row) => keeps(row[name]));
          expect(await walk(client, path, query), toJson(query)).toEqual(inOrder(factory, kept));
          expect(await total(client, path, query), toJson(query)).toBe(kept.length);
        }
      }
    });

    test('narrow each other', async ({ stage }) => {
      const { client } = await stage.actor();
      const [row] = await storeSome(stage, factory, await stage.actor());
      const held = factory.filters.filter((name) => row?.[name] !== null);
      const query = Object.fromEntries(held.map((name) => [jsonName(name), inQuery(row?.[name])]));
      expect(await walk(client, path, query)).toContain(row?.id);
      for (const name of Object.keys(query)) {
        expect(await walk(client, path, { ...query, [`${name}[null]`]: 'true' })).toEqual([]);
      }
    });

    test('400 for what they do not offer', async ({ stage }) => {
      const { client } = await stage.actor();
      for (const name of factory.filters) {
        const wrong = { '[like]': 'x', '[null]': 'maybe', '[in]': ','.repeat(100) };
        const unordered = factory.comparable.includes(name) ? {} : { '[gt]': '1' };
        for (const [operator, text] of Object.entries({ ...wrong, ...unordered })) {
          const parameter = jsonName(name) + operator;
          expect(faulty(await list(client, path, { [parameter]: text }))).toEqual([400, parameter]);
        }
      }
    });

    test('find rows that list one id, or any of several', async ({ stage }) => {
      const actor = await stage.actor();
      for (const [name, target] of Object.entries(factory.linked)) {
        const [one = '', other = ''] = await relatedOf(target, 2, stage);
        const { id } = await stage.store(factory, actor, { [name]: [one, other] });
        const filter = jsonName(name.replace(/s$/, ''));
        expect(await walk(actor.client, path, { [filter]: one })).toEqual([id]);
        const several = { [`${filter}[in]`]: [other, uuidv7()].join() };
        expect(await walk(actor.client, path, several)).toEqual([id]);
      }
    });
  });
}
