/** Entity tags: written strong, compared as RFC 9110 says. */

import { expect, test } from 'vitest';

import { checkVersion, etagOf, notModified, Precondition } from '../../src/lib/contract/etags.ts';
import { refusalOf } from './faults.ts';

const ROW = { version: 2 };

test.each([
  [undefined, false],
  ['*', true],
  [etagOf(2), true],
  [`W/${etagOf(2)}`, true],
  [`"a,b" , ${etagOf(2)}`, true],
  [etagOf(3), false],
  ['""', false],
])('If-None-Match: %s compares weakly', (header, isSame) => {
  expect(notModified(header, 2)).toBe(isSame);
});

test.each([undefined, '*', ' * ', etagOf(2), `"x", ${etagOf(2)}`])(
  'If-Match: %s holds',
  (header) => {
    expect(() => Precondition.parse(header).check(ROW)).not.toThrow();
  },
);

test.each([etagOf(1), `W/${etagOf(2)}`, '""'])('If-Match: %s does not hold: 412', (header) => {
  const refusal = refusalOf(() => Precondition.parse(header).check(ROW));
  expect([refusal.code, refusal.status]).toStrictEqual(['PRECONDITION_FAILED', 412]);
});

test.each(['', '2', '"2', '"2" "3"', 'w/"2"', '"2",', '*, *'])('%s is malformed: 400', (header) => {
  expect(refusalOf(() => Precondition.parse(header)).status).toBe(400);
  expect(refusalOf(() => notModified(header, 2)).status).toBe(400);
});

test('any version is no precondition of a version', () => {
  const given = [undefined, '*', '"2"'].map((header) => Precondition.parse(header).isGiven);
  expect(given).toStrictEqual([false, false, true]);
});

test('a body that names another version: 409', () => {
  expect(() => checkVersion(ROW, undefined)).not.toThrow();
  expect(() => checkVersion(ROW, 2)).not.toThrow();
  const refusal = refusalOf(() => checkVersion(ROW, 1));
  expect([refusal.code, refusal.status]).toStrictEqual(['VERSION_MISMATCH', 409]);
});
