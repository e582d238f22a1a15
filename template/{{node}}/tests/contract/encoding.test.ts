/** How answers and messages are written. */

import { expect, test } from 'vitest';

import { jsonName, jsonNames } from '../../src/lib/contract/casing.ts';
import { toJson } from '../../src/lib/contract/encoding.ts';
import { text } from '../../src/lib/contract/messages.ts';

test('JSON is written without spaces, and text as it is', () => {
  const value = { a: [1, 0.5, null, true, 'ä', '😀'] };
  expect(toJson(value)).toBe('{"a":[1,0.5,null,true,"ä","😀"]}');
});

test('rows go by the names that clients know', () => {
  const row = { dueOn: 1, line_2: 2, id: 3 };
  const named = Object.fromEntries(
    Object.entries(row).map(([attribute, value]) => [jsonName(attribute), value]),
  );
  expect(jsonNames(row)).toStrictEqual(named);
  expect(new Set(Object.keys(named)).size).toBe(3);
});

test('the braces of a message are filled in', () => {
  expect(text('min_length', { limit: 2 })).toBe('This must have at least 2 characters.');
});
