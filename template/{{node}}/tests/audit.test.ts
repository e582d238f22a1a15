/** The audit log: what is recorded, of whom, and when; and that it holds no secret. */

import { describe, expect } from 'vitest';
import { uuidv7 } from 'uuidv7';

import { record } from '../src/lib/audit.ts';
import { ADMIN } from '../src/services/roles.ts';
import { member } from './support/answers.ts';
import type { Line } from './support/log.ts';
import { logIn } from './support/log-in.ts';
import { PASSWORD } from './support/people.ts';
import { EMAIL, ME, post, registered } from './support/steps.ts';
import { test } from './support/test.ts';

function records(log: readonly Line[]): Line[] {
  return log.filter((line) => line['logger'] === 'audit');
}

/** Returns what was done, by whom, and to which row. */
function told(log: readonly Line[]): unknown[] {
  return records(log).map((line) => [line['event'], line['user_id'], line['row_id']]);
}

test('accounts and log-ins are recorded', async ({ client, log }) => {
  const id = member(await registered(client), 'id');
  await logIn(client, EMAIL, `wrong ${PASSWORD}`);
  await logIn(client, 'unknown@example.com');
  const first = member(await logIn(client), 'refreshToken');
  const second = await post(client, 'tokens/refresh', { refreshToken: first });
  await post(client, 'tokens/revoke', { refreshToken: member(second, 'refreshToken') });
  await post(client, 'tokens/refresh', { refreshToken: first });
  expect(records(log).map(({ event }) => event)).toEqual([
    'registered',
    'log_in_failed',
    'log_in_failed',
    'logged_in',
    'refreshed',
    'logged_out',
    'token_reused',
  ]);
  expect(told(log).slice(0, 4)).toEqual([
    ['registered', id, id],
    ['log_in_failed', null, id],
    ['log_in_failed', null, null],
    ['logged_in', id, id],
  ]);
  expect(JSON.stringify(log)).not.toContain(PASSWORD);
  expect(JSON.stringify(log)).not.toContain(first);
});

test('a record names the request and the client', async ({ client, log }) => {
  const members = { email: EMAIL, password: PASSWORD };
  await client.post('/api/v1/auth/register', members, { 'X-Request-ID': 'audited-1' });
  const [line] = records(log);
  expect(line).toMatchObject({ level: 'info', request_id: 'audited-1', client: '127.0.0.1' });
  expect(line?.['occurred_at']).toMatch(/Z$/);
});

test('what is not committed is not recorded', async ({ database, log }) => {
  const id = uuidv7();
  const failed = database.write(async (session) => {
    record(session, 'created', id, 'things', id);
    throw new Error('undone');
  });
  await expect(failed).rejects.toThrow('undone');
  expect(told(log)).toEqual([]);
  await database.write(async (session) => {
    record(session, 'created', id, 'things', id);
    expect(told(log)).toEqual([]);
  });
  expect(told(log)).toEqual([['created', id, id]]);
});

function pathOf(id: string, role = ADMIN): string {
  return `/api/v1/users/${id}/roles/${role}`;
}

describe('roles', () => {
  test('204: given and taken by administrators', async ({ signUp, log }) => {
    const [admin, person] = [await signUp(ADMIN), await signUp()];
    const path = pathOf(person.id);
    for (const [method, roles] of [
      ['PUT', [ADMIN]],
      ['PUT', [ADMIN]],
      ['DELETE', []],
    ] as const) {
      expect((await admin.client.request(method, path)).status).toBe(204);
      expect(member(await person.client.get(ME), 'roles')).toEqual(roles);
    }
    expect((await admin.client.request('DELETE', path)).status).toBe(204);
    expect(told(log)).toEqual([
      ['role_granted', admin.id, person.id],
      ['role_revoked', admin.id, person.id],
    ]);
  });

  test('403 for others, and that is recorded', async ({ client, signUp, log }) => {
    const person = await signUp();
    const path = pathOf(person.id);
    expect((await client.request('PUT', path)).status).toBe(401);
    expect((await person.client.request('PUT', path)).status).toBe(403);
    expect(told(log)).toEqual([['refused', person.id, null]]);
    expect(records(log)[0]?.['details']).toEqual({ method: 'PUT', path });
  });

  test.for([
    ['unknown', ADMIN],
    ['00000000-0000-7000-8000-000000000000', ADMIN],
    [null, 'wizard'],
  ] as const)('404 for what is not there: %s %s', async ([id, role], { signUp }) => {
    const admin = await signUp(ADMIN);
    for (const method of ['PUT', 'DELETE']) {
      const answer = await admin.client.request(method, pathOf(id ?? admin.id, role));
      expect(answer.status).toBe(404);
    }
  });

  test('of twenty who give one all are 204 and one is recorded', async ({ signUp, log }) => {
    const [admin, person] = [await signUp(ADMIN), await signUp()];
    const given = Array.from({ length: 20 }, async () =>
      admin.client.request('PUT', pathOf(person.id)),
    );
    const statuses = (await Promise.all(given)).map(({ status }) => status);
    expect(new Set(statuses)).toEqual(new Set([204]));
    expect(records(log).map(({ event }) => event)).toEqual(['role_granted']);
  });
});

test('an account is deleted by its password: 204', async ({ client, signUp, log }) => {
  const { id, email, client: itself } = await signUp();
  const deleted = async (password: string) => itself.request('DELETE', ME, { json: { password } });
  expect((await deleted('wrong')).status).toBe(422);
  const answer = await deleted(PASSWORD);
  expect([answer.status, answer.text]).toEqual([204, '']);
  expect(told(log)).toEqual([
    ['log_in_failed', id, id],
    ['deleted', id, id],
  ]);
  expect((await itself.get(ME)).status).toBe(401);
  expect((await logIn(client, email)).status).toBe(401);
});
