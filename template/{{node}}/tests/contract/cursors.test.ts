/** Cursors are good for the list that they came from, and only as they were given. */

import { afterEach, expect, test, vi } from 'vitest';

import {
  readCursor,
  readPosition,
  writeCursor,
  writePosition,
} from '../../src/lib/contract/cursors.ts';
import * as fields from '../../src/lib/contract/fields/index.ts';
import { Listing } from '../../src/lib/contract/listing.ts';
import { representation } from '../../src/lib/contract/schema.ts';
import { faultsOf, refusalOf } from './faults.ts';

const settings = vi.hoisted((): { secretKey: string; secretKeyPrevious: string | undefined } => ({
  secretKey: 'a key that only tests use, of enough bytes',
  secretKeyPrevious: undefined,
}));
vi.mock('../../src/lib/config.ts', () => ({ getSettings: () => settings }));

const LIST = ['things', ['sort', 'name']];
const FIRST = { ...settings };

afterEach(() => Object.assign(settings, FIRST));

test('a cursor holds what it was written with', () => {
  const values = ['ä', 1, 0.5, null, true, '1.50', '2030-01-31'];
  expect(readCursor(writeCursor(values, LIST), LIST)).toStrictEqual(values);
});

test.each([[['others', ['sort', 'name']]], [['things']], [[...LIST, ['done', 'true']]]])(
  'a cursor of another list than %j: 400',
  (other) => {
    const cursor = writeCursor([1], LIST);
    const [fault] = faultsOf('INVALID_PARAMETER', () => readCursor(cursor, other));
    expect(fault?.[0]).toBe('cursor');
  },
);

test('a changed cursor: 400', () => {
  const signed = Buffer.from(writeCursor([1], LIST), 'base64url');
  for (const index of signed.keys()) {
    const changed = Buffer.from(signed);
    changed.writeUInt8(signed.readUInt8(index) ^ 1, index);
    expect(refusalOf(() => readCursor(changed.toString('base64url'), LIST)).status).toBe(400);
  }
});

test('a cursor with something more: 400', () => {
  const cursor = writeCursor([1], LIST);
  for (const other of [`${cursor}=`, `${cursor} `, `${cursor}.`]) {
    expect(refusalOf(() => readCursor(other, LIST)).status).toBe(400);
  }
});

test.each(['', 'x', '!!!!', 'ä', '====', 'a'.repeat(10_000), '_'.repeat(40)])(
  '%s was never a cursor: 400',
  (cursor) => {
    expect(refusalOf(() => readCursor(cursor, LIST)).status).toBe(400);
  },
);

test('a cursor outlives a change of the secret as long as the old one still verifies', () => {
  const cursor = writeCursor([1], LIST);
  settings.secretKey = 'another key that only tests use, of enough bytes';
  expect(refusalOf(() => readCursor(cursor, LIST)).status).toBe(400);
  settings.secretKeyPrevious = FIRST.secretKey;
  expect(readCursor(cursor, LIST)).toStrictEqual([1]);
});

test('the next page begins after the keys of the last row, ties apart by the id', () => {
  const Thing = representation(
    'Thing',
    { id: fields.identifier(), name: fields.text().nullable() },
    { description: 'A thing.', sortable: ['name'] },
  );
  const listing = new Listing(Thing);
  const id = '0190b8c8-7f3a-7c4e-8d21-3f0a5b6c7d8e';
  const first = listing.parse([['sort', 'name']]);
  expect(readPosition(first, 'things', Thing)).toBeNull();
  expect(writePosition(first, 'things', [])).toBeNull();
  const cursor = writePosition(first, 'things', [null, id]) ?? '';
  const second = listing.parse([
    ['sort', 'name'],
    ['cursor', cursor],
  ]);
  expect(readPosition(second, 'things', Thing)).toStrictEqual([null, id]);
  expect(refusalOf(() => readPosition(second, 'others', Thing)).status).toBe(400);
});
