/** Searching: the same letters are one on every database, and no character has a meaning. */

import { expect } from 'vitest';

import { walk } from '../behaviour/walking.ts';
import type { Stage } from '../support/stage.ts';
import { NOTE, PIECE } from './factories.ts';
import { test } from './test.ts';

async function finds(stage: Stage, title: string, q: string): Promise<boolean> {
  const keeper = await stage.signUp();
  const { id } = await stage.store(PIECE, keeper, { title });
  return (await walk(keeper.client, PIECE.path, { q })).includes(id);
}

test.for([
  ['Café', 'CAFÉ'],
  ['CAFÉ', 'café'],
  ['Straße', 'STRAẞE'],
  ['Москва', 'мОСКВА'],
  ['ΟΔΟΣ', 'οδος'],
  ['οδος', 'ΟΔΟΣ'],
  ['οδοσ', 'οδος'],
  ['ǅ', 'ǆ'],
  ['300 K', '300 k'],
  ['𐐨', '𐐀'],
  ['İstanbul', 'İSTANBUL'],
  ['one two  three', 'THREE one'],
  ['catalogue', 'talo'],
  ['100%', '0%'],
  ['a_b', '_'],
  ['c:\\temp', '\\T'],
  ['f(x) = [^x]*', '[^X]* F(X)'],
  ["it's #1 & $5", "#1 $5 it's &"],
  ['***=x', '***='],
  ['😀 grins', '😀'],
] as const)('%s is found by %s', async ([title, q], { stage }) => {
  expect(await finds(stage, title, q)).toBe(true);
});

test.for([
  ['Café', 'Cafe'],
  ['Cafe', 'Café'],
  ['Café', 'Cafe\u0301'],
  ['Straße', 'strasse'],
  ['İstanbul', 'istanbul'],
  ['ısı', 'ISI'],
  ['one two', 'one three'],
  ['one two', 'onetwo'],
  ['aXb', 'a_b'],
  ['ab', 'a%b'],
  ['ab', 'a.*b'],
  ['b', '[abc]'],
] as const)('%s is not found by %s', async ([title, q], { stage }) => {
  expect(await finds(stage, title, q)).toBe(false);
});

test('words may occur in different fields, but null holds none', async ({ stage }) => {
  const keeper = await stage.signUp();
  const { id } = await stage.store(NOTE, keeper, { text: 'red', remark: 'Blue' });
  await stage.store(NOTE, keeper, { text: 'red', remark: null });
  expect(await walk(keeper.client, NOTE.path, { q: 'blue RED' })).toEqual([id]);
});
