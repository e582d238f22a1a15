/** Refresh tokens that come many times at once. */

import { expect, vi } from 'vitest';

import { code } from './support/answers.ts';
import type { Answer, Client } from './support/clients.ts';
import { changeSettings } from './support/settings.ts';
import { registered } from './support/steps.ts';
import { test } from './support/test.ts';
import { me, pair, refresh, tokensOf } from './support/tokens.ts';

vi.mock(import('../src/lib/config.ts'), { spy: true });

async function refreshAtOnce(client: Client, token: string): Promise<Answer[]> {
  return Promise.all(Array.from({ length: 20 }, async () => refresh(client, token)));
}

function statusesOf(answers: readonly Answer[]): number[] {
  return answers.map(({ status }) => status).toSorted((a, b) => a - b);
}

const ONE_WINS = [200, ...Array<number>(19).fill(401)];

test('of 20 refreshes at once one wins and the family dies', async ({ client }) => {
  await registered(client);
  const [accessToken, refreshToken] = await pair(client);
  const answers = await refreshAtOnce(client, refreshToken);
  expect(statusesOf(answers)).toEqual(ONE_WINS);
  const losers = answers.filter(({ status }) => status === 401);
  expect(new Set(losers.map(code))).toEqual(new Set(['TOKEN_REUSED']));
  const winners = answers.filter(({ status }) => status === 200).map(tokensOf);
  const [newAccessToken, newRefreshToken] = winners[0] ?? ['', ''];
  for (const dead of [accessToken, newAccessToken]) {
    expect((await me(client, dead)).status).toBe(401);
  }
  expect(code(await refresh(client, newRefreshToken))).toBe('INVALID_CREDENTIALS');
});

test('with grace all of 20 refreshes at once are answered', async ({ client }) => {
  changeSettings({ refreshGraceSeconds: 30 });
  await registered(client);
  const [, refreshToken] = await pair(client);
  const answers = await refreshAtOnce(client, refreshToken);
  const successors = answers.map((answer) => tokensOf(answer)[1]);
  const racing = await Promise.all(successors.map(async (token) => refresh(client, token)));
  expect(statusesOf(racing)).toEqual(ONE_WINS);
});
