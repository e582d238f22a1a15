/** Expired tokens are deleted, and nothing else. */

import { isNotNull } from 'drizzle-orm';
import { expect } from 'vitest';

import { prune } from '../src/lib/auth/index.ts';
import { momentIn } from '../src/lib/contract/fields/times.ts';
import type { Database } from '../src/lib/db.ts';
import { refreshTokens, tokenFamilies } from '../src/tables/token.ts';
import { registered } from './support/steps.ts';
import { test } from './support/test.ts';
import { me, pair, refresh, tokensOf } from './support/tokens.ts';

/** Returns how many families there are, and how many tokens. */
async function counts(database: Database): Promise<number[]> {
  return database.read(async ({ db }) => {
    const families = await db.select({ id: tokenFamilies.id }).from(tokenFamilies);
    const tokens = await db.select({ id: refreshTokens.id }).from(refreshTokens);
    return [families.length, tokens.length];
  });
}

async function expire(database: Database, whichOnes: 'used' | 'all'): Promise<void> {
  await database.write(async (session) => {
    const expired = session.db.update(refreshTokens).set({ expiresAt: momentIn(-1) });
    const used = isNotNull(refreshTokens.usedAt);
    await session.changed(whichOnes === 'used' ? expired.where(used) : expired);
  });
}

test('living tokens are kept', async ({ client, database }) => {
  await registered(client);
  await pair(client);
  expect(await database.write(prune)).toBe(0);
  expect(await counts(database)).toEqual([1, 1]);
});

test('a family lives as long as one of its tokens', async ({ client, database }) => {
  await registered(client);
  const [, first] = await pair(client);
  const [accessToken, second] = tokensOf(await refresh(client, first));
  await expire(database, 'used');
  expect(await database.write(prune)).toBe(1);
  expect(await counts(database)).toEqual([1, 1]);
  expect((await me(client, accessToken)).status).toBe(200);
  expect((await refresh(client, second)).status).toBe(200);
});

test('an expired family goes whole', async ({ client, database }) => {
  await registered(client);
  const [, first] = await pair(client);
  await refresh(client, first);
  await expire(database, 'all');
  expect(await database.write(prune)).toBe(3);
  expect(await counts(database)).toEqual([0, 0]);
});
