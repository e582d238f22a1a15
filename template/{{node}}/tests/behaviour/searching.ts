/** What searching keeps: it finds the rows that hold every word, and nothing else. */

import { describe, expect } from 'vitest';

import { jsonName } from '../../src/lib/contract/casing.ts';
import { code, faulty } from '../support/answers.ts';
import type { Factory } from '../support/factory.ts';
import type { StoredRow } from '../support/rows.ts';
import { test as ofService } from '../support/test.ts';
import { inOrder } from './ordering.ts';
import { list, pageOf, storeSome, textOf, walk, wordsOf } from './walking.ts';

const NOWHERE = ['nowhere-at-all', '%', '_', '\\', '.*', '[a-z]', '(', '^', '$', "'"];

/** Holds the search of a resource's list to what is promised of any. */
export function describeSearching(factory: Factory, test = ofService): void {
  const { path } = factory;

  /** Returns the ids of the rows in which each word occurs in some field. */
  function holding(rows: readonly StoredRow[], words: readonly string[]): string[] {
    const found = rows.filter((row) => {
      const texts = factory.searched.map((name) => textOf(row, name).toLowerCase());
      return words.every((word) => texts.some((text) => text.includes(word.toLowerCase())));
    });
    return inOrder(factory, found);
  }

  describe('a search', () => {
    test('finds the rows with every word, in any order and letter case', async ({ stage }) => {
      const { client } = await stage.actor();
      const rows = await storeSome(stage, factory, await stage.actor());
      for (const name of factory.searched) {
        const words = wordsOf(rows[0] ?? {}, name);
        for (const q of [words, words.toReversed().map(swapCase), words.slice(0, 1)]) {
          const found = await walk(client, path, { limit: 2, q: q.join(' ') });
          expect(found).toEqual(holding(rows, q));
          expect(found).toContain(rows[0]?.id);
        }
      }
    });

    test('finds nothing without them; no character has a meaning', async ({ stage }) => {
      const { client } = await stage.actor();
      const rows = await storeSome(stage, factory, await stage.actor());
      for (const q of NOWHERE) {
        expect(await walk(client, path, { q }), q).toEqual(holding(rows, [q]));
      }
    });

    test('400 for its cursor without the words', async ({ stage }) => {
      const { client } = await stage.actor();
      const [row] = await storeSome(stage, factory, await stage.actor());
      for (const name of factory.searched) {
        const q = textOf(row ?? {}, name).slice(0, 1);
        const cursor = pageOf(await list(client, path, { q, limit: 1 }))[jsonName('nextCursor')];
        if (typeof cursor !== 'string') continue;
        expect(faulty(await list(client, path, { cursor }))).toEqual([400, 'cursor']);
      }
    });

    test.for(['', '%20%09', 'x'.repeat(201), '%00', 'a&q=b'])(
      '400 for q=%s',
      async (q, { stage }) => {
        const { client } = await stage.actor();
        const answer = await client.get(`${path}?q=${q}`);
        expect(code(answer)).toBe('INVALID_PARAMETER');
        expect(faulty(answer)).toEqual([400, 'q']);
      },
    );
  });
}

/** Returns a text whose letters are of the other case. */
function swapCase(text: string): string {
  return text.replace(/./gu, (letter) =>
    letter === letter.toUpperCase() ? letter.toLowerCase() : letter.toUpperCase(),
  );
}
