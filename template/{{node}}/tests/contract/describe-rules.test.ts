/** What endpoints are said to answer follows from rules and tables. */

import { expect, test } from 'vitest';

import {
  type Action,
  authenticated,
  owner,
  publicAccess,
  role,
  type Rule,
} from '../../src/lib/contract/access.ts';
import { jsonName } from '../../src/lib/contract/casing.ts';
import { conflicts } from '../../src/lib/contract/describe/rules.ts';
import { SCHEMES } from '../../src/lib/contract/describe/security.ts';
import { described, ofBooks, ofShelves } from './library.ts';

const CLERK = role('clerk');
const HAS_SCHEMES = Object.keys(SCHEMES).length > 0;

/** The statuses that an endpoint is said to answer. */
const statuses = (...of: Parameters<typeof described>) =>
  Object.keys(described(...of)['responses'] ?? {});

test.each<[Rule[], Rule[], Action, boolean]>([
  [[owner], [owner], 'list', false],
  [[owner], [owner], 'update', false],
  [[owner], [owner], 'create', false],
  [[publicAccess], [owner], 'update', true],
  [[publicAccess], [owner], 'create', false],
  [[publicAccess], [authenticated], 'delete', false],
  [[CLERK], [CLERK], 'list', true],
  [[owner, CLERK], [owner], 'list', false],
  [[owner, CLERK], [owner], 'delete', true],
  [[authenticated], [CLERK], 'create', true],
])('403 is described where some account meets it: %j, %j, %s: %s', (reads, writes, action, is) => {
  expect(statuses(ofShelves(reads, writes), action).includes('403')).toBe(is);
});

test.each<[Rule[], Rule[], Action, boolean]>([
  [[owner], [owner], 'create', false],
  [[owner], [owner], 'update', false],
  [[owner], [owner], 'delete', false],
  [[publicAccess], [owner], 'create', true],
  [[publicAccess], [owner], 'delete', true],
  [[CLERK], [CLERK], 'get', true],
])('403 is described where the parent decides so: %j, %j, %s: %s', (reads, writes, action, is) => {
  ofShelves(reads, writes);
  expect(statuses(ofBooks(), action).includes('403')).toBe(is);
});

test('403 is described where a row can lack its parent', () => {
  ofShelves([owner], [owner]);
  expect(statuses(ofBooks('secondShelfId'), 'create')).toContain('403');
});

test.each<[Rule[], Rule[], Action, boolean]>([
  [[publicAccess], [owner], 'get', true],
  [[publicAccess], [owner], 'update', false],
  [[authenticated], [publicAccess], 'create', true],
  [[owner, publicAccess], [owner], 'list', true],
])('nothing is needed where everybody is let in: %j, %j, %s: %s', (reads, writes, action, is) => {
  for (const each of [ofShelves(reads, writes), ofBooks()]) {
    const needed = described(each, action)['security'];
    expect(JSON.stringify(needed).startsWith('[{},')).toBe(is && HAS_SCHEMES);
  }
});

test('409 is described where a value can be taken or a row needed', () => {
  const shelves = ofShelves([owner], [owner]);
  for (const action of ['create', 'update', 'delete'] as const) {
    expect(statuses(shelves, action)).toContain('409');
  }
  expect(conflicts(ofBooks().policy, 'create')).toStrictEqual([]);
  expect(conflicts(ofBooks().policy, 'get')).toStrictEqual([]);
});

test('409 is described for each change because of versions', () => {
  ofShelves([owner], [owner]);
  expect(conflicts(ofBooks().policy, 'update')).toStrictEqual(['VERSION_MISMATCH']);
});

test.each<[Rule[], Action, string]>([
  [[publicAccess], 'list', 'Open to everybody.'],
  [[owner, CLERK], 'get', 'Open to the owner of the row and accounts with the role `clerk`.'],
  [[owner], 'create', 'Open to every account.'],
  [[owner, authenticated], 'create', 'Open to every account.'],
])('%j of %s is said in words', (rules, action, words) => {
  expect(described(ofShelves(rules, rules), action)['description']).toBe(words);
});

test.each<[Action, string]>([
  ['list', 'read'],
  ['update', 'change'],
])('a description of %s names the key of the row that decides', (action, verb) => {
  ofShelves([owner], [owner]);
  const words = `Open to whoever may ${verb} the row that \`${jsonName('shelfId')}\` names.`;
  expect(described(ofBooks(), action)['description']).toBe(words);
});

test('a key to an account is no parent', () => {
  expect(() => described(ofBooks('version'), 'list')).toThrow(TypeError);
});
