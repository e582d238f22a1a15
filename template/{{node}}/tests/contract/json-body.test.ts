/** Bodies that another parser would understand otherwise are refused. */

import { expect, test } from 'vitest';

import { parseJson } from '../../src/lib/contract/json-body.ts';
import { refusalOf } from './faults.ts';

const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);

test('any JSON is read as it stands', () => {
  const body = Buffer.from(' {"a": [1, 1.0, -0.5e2, "\\u00e9", true, null], "b": {"a": {}}}\n');
  const value = { a: [1, 1, -50, 'é', true, null], b: { a: {} } };
  expect(parseJson(body)).toStrictEqual(value);
  expect(parseJson(Buffer.from('null'))).toBeNull();
});

test('a pair of surrogates is one character', () => {
  expect(parseJson(Buffer.from(String.raw`"\ud83d\ude00"`))).toBe('😀');
});

test.each<[string, string | Uint8Array]>([
  ['nothing', ''],
  ['what is cut off', '{'],
  ['two values', '{} {}'],
  ['what is not UTF-8', Uint8Array.of(0xff)],
  ['a byte order mark', Uint8Array.of(0xef, 0xbb, 0xbf, 0x7b, 0x7d)],
  ['a member twice', '{"a": 1, "a": 1}'],
  ['a member twice, written differently', String.raw`{"a": 1, "\u0061": 1}`],
  ['a member twice further down', '[{"b": {"a": 1, "a": 2}}]'],
  ['a comment', '{} // end'],
  ['NaN', 'NaN'],
  ['an infinity', '[-Infinity]'],
  ['a number beyond a double', '1e999'],
  ['a whole number beyond a double', `-${'9'.repeat(400)}`],
  ['half a character', String.raw`"\ud800"`],
  ['half a character as a name', String.raw`{"\udfff": 1}`],
  ['too many levels', nested(33)],
  ['far too many levels', '['.repeat(100_000)],
  ['far too many levels that end', nested(100_000)],
])('%s is refused: 400', (_, body) => {
  const refusal = refusalOf(() => parseJson(Buffer.from(body)));
  expect([refusal.code, refusal.status]).toStrictEqual(['MALFORMED_JSON', 400]);
});

test('as deep as may be is read', () => {
  expect(parseJson(Buffer.from(nested(32)))).toBeInstanceOf(Array);
});
