/** Rules as conditions: what is known of them without a row. */

import { describe, expect, test } from 'vitest';

import type { Caller } from '../../src/lib/auth/caller.ts';
import {
  asSql,
  authenticated,
  callerParameters,
  owner,
  parent,
  Policy,
  publicAccess,
  role,
} from '../../src/lib/contract/access.ts';
import { ALWAYS, allOf, anyOf, NEVER } from '../../src/lib/contract/conditions.ts';
import { emailLinks } from '../../src/tables/email-link.ts';
import { notes, pieces, rooms, tags } from '../museum/tables.ts';

const KEEPERS = new Policy(tags, { update: [role('keeper')] });

function callerWith(...roles: string[]): Caller {
  return { userId: 'me', roles: new Set(roles), scopes: null, strategy: 'jwt', sessionId: null };
}

describe('what is known without a row', () => {
  test.each([
    [[], null, false],
    [[publicAccess], null, true],
    [[authenticated], null, false],
    [[authenticated], callerWith(), true],
    [[role('keeper')], callerWith(), false],
    [[role('keeper')], callerWith('keeper'), true],
    [[owner], null, false],
  ] as const)('%j for %j: %s', (rules, caller, expected) => {
    expect(new Policy(rooms, { get: rules }).condition('get', caller)).toBe(expected);
  });

  test('a row that somebody owns is made by somebody', () => {
    const policy = new Policy(rooms, { create: [publicAccess] });
    expect(policy.condition('create', null)).toBe(false);
    expect(policy.condition('create', callerWith())).toBe(true);
  });

  test('lists decide about single rows where these have no rules', () => {
    expect(new Policy(rooms, { list: [publicAccess] }).condition('get', null)).toBe(true);
  });

  test('a parent without rules lets nobody in', () => {
    const policy = new Policy(emailLinks, { get: [parent('userId')] });
    expect(policy.condition('get', callerWith())).toBe(false);
  });

  test('a parent whose rules need no row decides like them', () => {
    const above = new Policy(rooms, { get: [publicAccess] });
    const policy = new Policy(pieces, { get: [parent('roomId')] });
    expect([above, policy].map((each) => each.condition('get', null))).toEqual([true, true]);
  });
});

describe('who is let in but for parents', () => {
  test.each([
    ['me', callerWith(), true],
    ['other', callerWith(), false],
    [undefined, null, false],
  ])('a row of %s', (ownerId, caller, expected) => {
    const policy = new Policy(notes, { update: [owner, parent('aboutId')] });
    expect(policy.letsIn('update', caller, ownerId)).toBe(expected);
  });

  test('401 for nobody, 403 for somebody, where no row can let him in', () => {
    expect(() => KEEPERS.require('update', null)).toThrow(expect.objectContaining({ status: 401 }));
    expect(() => KEEPERS.require('update', callerWith())).toThrow(
      expect.objectContaining({ status: 403 }),
    );
    expect(() => KEEPERS.require('update', callerWith('keeper'))).not.toThrow();
  });
});

test('conditions are SQL, none of them too', () => {
  expect([asSql(true), asSql(false), asSql(NEVER)]).toEqual([ALWAYS, NEVER, NEVER]);
  expect([allOf(), anyOf()]).toEqual([ALWAYS, NEVER]);
  expect([callerParameters(null), callerParameters(callerWith())]).toEqual([
    {},
    { callerId: 'me' },
  ]);
});
