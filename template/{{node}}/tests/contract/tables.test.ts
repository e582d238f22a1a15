/** What tables say about themselves. */

import { expect, test } from 'vitest';

import {
  attributeOf,
  columnOf,
  constrainedColumns,
  referencesTo,
  targetOf,
} from '../../src/lib/contract/tables.ts';
import { notes, pieces, pieceTags, rooms } from '../museum/tables.ts';

test('columns and their attributes', () => {
  expect(columnOf(pieces, 'copyOfId')).toBe(pieces.copyOfId);
  expect(attributeOf(pieces.copyOfId)).toBe('copyOfId');
  expect(() => columnOf(pieces, 'colour')).toThrow('museum_pieces has no colour');
});

test('where keys lead', () => {
  expect(targetOf(pieces.roomId)).toBe(rooms);
  expect(targetOf(pieces.title)).toBeUndefined();
  expect(referencesTo(pieceTags)).toEqual([]);
});

test.each([
  ['uq_museum_pieces_room_id_title', ['room_id', 'title']],
  ['fk_museum_pieces_copy_of', ['copy_of_id']],
  ['ck_museum_pieces', []],
  [undefined, []],
])('the columns of %s', (name, expected) => {
  expect(constrainedColumns(pieces, name)).toEqual(expected);
  expect(constrainedColumns(notes, name)).toEqual([]);
});
