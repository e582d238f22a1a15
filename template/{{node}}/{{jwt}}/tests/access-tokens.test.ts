/** Access tokens: whatever was tampered with is 401, wherever it goes. */

import { describe, expect, vi } from 'vitest';

import { writeAccessToken } from '../src/lib/auth/access-tokens.ts';
import { getSettings } from '../src/lib/config.ts';
import { findUserId, grantRole, revokeRole } from '../src/services/roles.ts';
import { member, refusal } from './support/answers.ts';
import { changeSettings } from './support/settings.ts';
import { EMAIL, ME, registered } from './support/steps.ts';
import { test as base } from './support/test.ts';
import { bearer, encoded, me, pair, partsOf, resigned } from './support/tokens.ts';

vi.mock(import('../src/lib/config.ts'), { spy: true });

const NOBODY = '00000000-0000-7000-8000-000000000000';
const REFUSED = [401, 'UNAUTHENTICATED'];

const test = base.extend('token', async ({ client }) => {
  await registered(client);
  return (await pair(client))[0];
});

test('it says who for whom and how long', async ({ client, token }) => {
  const [header, claims] = partsOf(token);
  expect(header).toMatchObject({ alg: 'HS256', typ: 'at+jwt' });
  const names = ['aud', 'exp', 'fam', 'iat', 'iss', 'jti', 'sub'];
  expect(Object.keys(claims).sort()).toEqual(names);
  expect(claims['sub']).toBe(member(await me(client, token), 'id'));
  expect(Number(claims['exp']) - Number(claims['iat'])).toBe(getSettings().accessTokenSeconds);
});

test.for(['Bearer', 'bearer', 'BEARER'])(
  'the scheme has any case: %s',
  async (scheme, { client, token }) => {
    const headers = { Authorization: `${scheme} ${token}` };
    expect((await client.get(ME, headers)).status).toBe(200);
  },
);

test('401 for an expired one, which the answer says', async ({ client, token }) => {
  const expired = resigned(token, { claims: { exp: 1 } });
  expect(refusal(await me(client, expired))).toEqual([401, 'TOKEN_EXPIRED']);
});

test('the clock of who signed may be ahead', async ({ client, token }) => {
  const ahead = resigned(token, { claims: { iat: Math.floor(Date.now() / 1000) + 60 } });
  expect((await me(client, ahead)).status).toBe(200);
});

describe('401 for a signed one', () => {
  test.for(['iss', 'aud', 'sub', 'iat', 'exp', 'jti', 'fam'])(
    'without %s',
    async (claim, { client, token }) => {
      const changed = resigned(token, { claims: { [claim]: undefined } });
      expect(refusal(await me(client, changed))).toEqual(REFUSED);
    },
  );

  test.for([
    { iss: 'another' },
    { aud: 'another' },
    { sub: NOBODY },
    { sub: 'nobody' },
    { sub: 1 },
    { fam: NOBODY },
    { fam: 1 },
    { jti: 1 },
    { iat: 'now' },
    { exp: 'never' },
  ])('with another claim: %j', async (claims, { client, token }) => {
    expect(refusal(await me(client, resigned(token, { claims })))).toEqual(REFUSED);
  });

  test.for([{ typ: 'JWT' }, { kid: 'another' }, { alg: 'HS512' }, { crit: ['exp'] }, { crit: 1 }])(
    'with another header: %j',
    async (header, { client, token }) => {
      expect(refusal(await me(client, resigned(token, { header })))).toEqual(REFUSED);
    },
  );

  test('by another key', async ({ client, token }) => {
    const forged = resigned(token, { key: Buffer.alloc(32, 'x') });
    expect(refusal(await me(client, forged))).toEqual(REFUSED);
  });
});

test('401 for one without a signature', async ({ client, token }) => {
  const [header = '', claims = '', signature = ''] = token.split('.');
  const unsigned = encoded({ ...partsOf(token)[0], alg: 'none' });
  const tampered = [
    `${unsigned}.${claims}.`,
    `${unsigned}.${claims}.${signature}`,
    `${header}.${claims}.`,
  ];
  for (const each of tampered) {
    expect(refusal(await me(client, each))).toEqual(REFUSED);
  }
});

test('401 for a changed character', async ({ client, token }) => {
  for (let place = 0; place < token.length - 1; place += 7) {
    const other = token[place] === 'A' ? 'B' : 'A';
    const changed = token.slice(0, place) + other + token.slice(place + 1);
    expect(refusal(await me(client, changed))).toEqual(REFUSED);
  }
});

test.for(['Bearer', 'Bearer x', 'Bearer ..', 'Bearer a.b.c', 'Basic eDp5', 'x', 'Bearer a b.c.d'])(
  '401 for an Authorization that is none: %j',
  async (Authorization, { client }) => {
    expect(refusal(await client.get(ME, { Authorization }))).toEqual(REFUSED);
  },
);

test('401 for two kinds of credentials', async ({ client, token }) => {
  const answer = await client.get(ME, { ...bearer(token), 'X-API-Key': 'key' });
  expect(refusal(answer)).toEqual(REFUSED);
});

test('roles are those of this moment', async ({ client, database, token }) => {
  const seen = [];
  for (const change of [grantRole, revokeRole]) {
    await database.write(async (session) => {
      await change(session, (await findUserId(session, EMAIL)) ?? '', 'admin');
    });
    seen.push(member(await me(client, token), 'roles'));
  }
  expect(seen).toEqual([['admin'], []]);
});

test('the key before this one still verifies, none before it', async ({ client, token }) => {
  const { secretKey } = getSettings();
  const next = 'a new key that is long enough to be one';
  changeSettings({ secretKey: next, secretKeyPrevious: secretKey });
  expect((await me(client, token)).status).toBe(200);
  changeSettings({ secretKey: next, secretKeyPrevious: undefined });
  expect(refusal(await me(client, token))).toEqual(REFUSED);
});

test('no two are alike', async () => {
  const said = { userId: NOBODY, familyId: NOBODY };
  const written = await Promise.all(Array.from({ length: 10 }, async () => writeAccessToken(said)));
  expect(new Set(written).size).toBe(10);
});
