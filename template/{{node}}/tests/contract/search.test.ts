/** Words of a search, and the expression that finds each in any letter case. */

import { expect, test } from 'vitest';

import { expressionOf, wordsOf } from '../../src/lib/contract/search.ts';
import { faultsOf } from './faults.ts';

test('white space parts words, each of which counts once', () => {
  expect(wordsOf('  one\ttwo one\u3000\u0085\u001f')).toStrictEqual(['one', 'two']);
  expect(wordsOf('\ufeff')).toStrictEqual(['\ufeff']);
});

test('white space alone is no word: 400', () => {
  const [fault] = faultsOf('INVALID_PARAMETER', () => wordsOf('\u00a0 '));
  expect(fault).toStrictEqual(['q', 'This must have at least 1 characters.']);
});

test.each([
  ['sun', 'SUN', true],
  ['Straße', 'STRAẞE', true],
  ['straße', 'STRASSE', false],
  ['kelvin', '\u212aELVIN', true],
  ['ὈΔΥΣΣΕΎΣ', 'ὀδυσσεύς', true],
  ['Ꭰ', 'ꭰ', true],
  ['𐐀', '𐐨', true],
  ['ısı', 'ISI', false],
  ['i', 'İ', false],
  ['café', 'cafe', false],
  ['100%', '100%', true],
  ['100%', '1000', false],
  ['a_b', 'acb', false],
  [String.raw`a.b*c\d`, String.raw`A.B*C\D`, true],
  ['[x]', 'x', false],
])('%s finds %s: %s', (word, text, isFound) => {
  expect(new RegExp(expressionOf(word), 'u').test(text)).toBe(isFound);
});
