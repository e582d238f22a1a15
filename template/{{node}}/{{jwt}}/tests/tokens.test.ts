/** Tokens: log-in, refresh, log-out, and what happens to tokens that come twice. */

import { isNotNull } from 'drizzle-orm';
import { describe, expect, vi } from 'vitest';

import { getSettings } from '../src/lib/config.ts';
import { jsonName } from '../src/lib/contract/casing.ts';
import { momentIn } from '../src/lib/contract/fields/times.ts';
import type { Database } from '../src/lib/db.ts';
import { TokenPair } from '../src/schemas/token.ts';
import { refreshTokens } from '../src/tables/token.ts';
import { body, code, faulty, member, refusal } from './support/answers.ts';
import { Client } from './support/clients.ts';
import { logIn } from './support/log-in.ts';
import { PASSWORD } from './support/people.ts';
import { changeSettings } from './support/settings.ts';
import { changePassword, EMAIL, post, registered } from './support/steps.ts';
import { test } from './support/test.ts';
import { bearer, me, pair, refresh, tokensOf } from './support/tokens.ts';

vi.mock(import('../src/lib/config.ts'), { spy: true });

/** Moves a time of every refresh token that has it. */
async function age(
  database: Database,
  name: 'expiresAt' | 'usedAt',
  secondsAgo: number,
): Promise<void> {
  await database.write(async (session) => {
    const aged = session.db.update(refreshTokens).set({ [name]: momentIn(-secondsAgo) });
    await session.changed(aged.where(isNotNull(refreshTokens[name])));
  });
}

describe('a log-in', () => {
  test('200 and a pair', async ({ client }) => {
    await registered(client);
    const answer = await logIn(client, EMAIL.toUpperCase());
    expect(answer.status).toBe(200);
    expect(Object.keys(body(answer))).toEqual(TokenPair.attributes.map(jsonName));
    expect(member(answer, 'tokenType')).toBe('Bearer');
    expect(member(answer, 'expiresIn')).toBe(getSettings().accessTokenSeconds);
    expect(answer.headers.get('Cache-Control')).toBe('no-store');
  });

  test('401 with a wrong password', async ({ client }) => {
    await registered(client);
    const answer = await logIn(client, EMAIL, `${PASSWORD}!`);
    expect(refusal(answer)).toEqual([401, 'INVALID_CREDENTIALS']);
    expect(answer.headers.has('WWW-Authenticate')).toBe(true);
  });

  test('422 for faulty members', async ({ client }) => {
    const members = { email: 'nobody', password: null, remember: true };
    const answer = await post(client, 'tokens', members);
    expect(faulty(answer)).toEqual([422, 'email', 'password', 'remember']);
  });
});

describe('a refresh', () => {
  test('200 and another pair', async ({ client }) => {
    await registered(client);
    const first = await pair(client);
    const second = tokensOf(await refresh(client, first[1]));
    expect(new Set([...first, ...second]).size).toBe(4);
    for (const accessToken of [first[0], second[0]]) {
      expect((await me(client, accessToken)).status).toBe(200);
    }
  });

  test('does not look at Authorization', async ({ client }) => {
    await registered(client);
    const [, refreshToken] = await pair(client);
    const members = { [jsonName('refreshToken')]: refreshToken };
    const answer = await client.post('/api/v1/auth/tokens/refresh', members, bearer('old'));
    expect(answer.status).toBe(200);
  });

  test('401 for a token that comes twice, which ends its family', async ({ client }) => {
    await registered(client);
    const first = await pair(client);
    const second = tokensOf(await refresh(client, first[1]));
    for (let time = 0; time < 2; time += 1) {
      expect(refusal(await refresh(client, first[1]))).toEqual([401, 'TOKEN_REUSED']);
    }
    expect(code(await refresh(client, second[1]))).toBe('INVALID_CREDENTIALS');
    expect((await me(client, first[0])).status).toBe(401);
    expect((await me(client, second[0])).status).toBe(401);
  });

  test('401 for one leaves other log-ins alone', async ({ client }) => {
    await registered(client);
    const [, reused] = await pair(client);
    const other = await pair(client);
    expect((await refresh(client, reused)).status).toBe(200);
    expect((await refresh(client, reused)).status).toBe(401);
    expect((await me(client, other[0])).status).toBe(200);
    expect((await refresh(client, other[1])).status).toBe(200);
  });

  test.for(['', 'unknown', 'é'])('401 for an unknown token: %j', async (token, { client }) => {
    expect(refusal(await refresh(client, token))).toEqual([401, 'INVALID_CREDENTIALS']);
  });

  test('401 for an expired token', async ({ client, database }) => {
    await registered(client);
    const [, refreshToken] = await pair(client);
    await age(database, 'expiresAt', 0);
    expect(refusal(await refresh(client, refreshToken))).toEqual([401, 'TOKEN_EXPIRED']);
  });

  test('its token is no access token', async ({ client }) => {
    await registered(client);
    const [, refreshToken] = await pair(client);
    expect(code(await me(client, refreshToken))).toBe('UNAUTHENTICATED');
  });

  test.for(['tokens/refresh', 'tokens/revoke'])(
    '422 for a faulty token: %s',
    async (path, { client }) => {
      const answer = await post(client, path, { refreshToken: 1, all: true });
      expect(faulty(answer)).toEqual([422, jsonName('refreshToken'), 'all']);
    },
  );
});

describe('a log-out', () => {
  test('204 and ends access and refresh at once', async ({ client }) => {
    await registered(client);
    const [accessToken, refreshToken] = await pair(client);
    const answer = await post(client, 'tokens/revoke', { refreshToken });
    expect([answer.status, answer.text]).toEqual([204, '']);
    expect(code(await me(client, accessToken))).toBe('UNAUTHENTICATED');
    expect(code(await refresh(client, refreshToken))).toBe('INVALID_CREDENTIALS');
  });

  test('204 for any token', async ({ client }) => {
    await registered(client);
    const [, known] = await pair(client);
    for (const refreshToken of [known, known, 'unknown', '']) {
      expect((await post(client, 'tokens/revoke', { refreshToken })).status).toBe(204);
    }
  });
});

test('a changed password ends every log-in of the account', async ({ client }) => {
  await registered(client);
  await registered(client, 'other@example.com');
  const [mine, mineToo] = [await pair(client), await pair(client)];
  const others = await pair(client, 'other@example.com');
  const caller = new Client(client.url, bearer(mine[0]));
  expect((await changePassword(caller, PASSWORD, `${PASSWORD}!`)).status).toBe(204);
  for (const [accessToken, refreshToken] of [mine, mineToo]) {
    expect((await me(client, accessToken)).status).toBe(401);
    expect(code(await refresh(client, refreshToken))).toBe('INVALID_CREDENTIALS');
  }
  expect((await me(client, others[0])).status).toBe(200);
});

describe('grace', () => {
  test('gives a new pair while no successor was used', async ({ client }) => {
    changeSettings({ refreshGraceSeconds: 30 });
    await registered(client);
    const [, first] = await pair(client);
    const successors = [];
    for (let time = 0; time < 3; time += 1) {
      successors.push(tokensOf(await refresh(client, first))[1]);
    }
    expect(new Set(successors).size).toBe(3);
    expect((await refresh(client, successors[1] ?? '')).status).toBe(200);
    expect(code(await refresh(client, first))).toBe('TOKEN_REUSED');
  });

  test('lets one of several successors be used', async ({ client }) => {
    changeSettings({ refreshGraceSeconds: 30 });
    await registered(client);
    const [, first] = await pair(client);
    const [, second] = tokensOf(await refresh(client, first));
    const [, other] = tokensOf(await refresh(client, first));
    const [accessToken] = tokensOf(await refresh(client, second));
    expect(code(await refresh(client, other))).toBe('TOKEN_REUSED');
    expect((await me(client, accessToken)).status).toBe(401);
  });

  test('ends', async ({ client, database }) => {
    changeSettings({ refreshGraceSeconds: 10 });
    await registered(client);
    const [, first] = await pair(client);
    await refresh(client, first);
    await age(database, 'usedAt', 11);
    expect(code(await refresh(client, first))).toBe('TOKEN_REUSED');
  });

  test('does not revive a dead family', async ({ client }) => {
    changeSettings({ refreshGraceSeconds: 30 });
    await registered(client);
    const [, first] = await pair(client);
    const [, refreshToken] = tokensOf(await refresh(client, first));
    await post(client, 'tokens/revoke', { refreshToken });
    expect(code(await refresh(client, first))).toBe('TOKEN_REUSED');
  });
});
