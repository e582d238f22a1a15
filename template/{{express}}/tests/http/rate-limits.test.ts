import { randomInt } from 'node:crypto';

import { expect, test } from 'vitest';

import { ApiRouter } from '../../src/http/api-router.ts';
import { noContent } from '../../src/lib/http/answers.ts';
import { codeOf, type Serving, serving } from '../support/serving.ts';

const open = new ApiRouter('/auth', 'auth', 'What anybody may.');
open.get('/me', 'me', {}, 'Read.', () => noContent());
open.patch('/me', 'change', {}, 'Change.', () => noContent());
open.delete('/me', 'delete', {}, 'Delete.', () => noContent());
open.post('/tokens', 'tokens', {}, 'Log in.', () => noContent());
const user = new ApiRouter('/user', 'user', 'What takes somebody.');
user.get('', 'user', {}, 'Read.', async (call) => {
  await call.user();
  return noContent();
});

const ME = '/api/v1/auth/me';

async function limited(general: string, auth = 'off'): Promise<Serving> {
  const variables = { RATE_LIMIT: general, AUTH_RATE_LIMIT: auth, TRUSTED_PROXIES: '127.0.0.1/32' };
  return serving(variables, open, user);
}

/** Return a function that gives addresses of a network that nobody has called from before. */
function network(): (host: string) => { headers: Record<string, string> } {
  const prefix = `2001:db8:${randomInt(65_536).toString(16)}:${randomInt(65_536).toString(16)}`;
  return (host) => ({ headers: { 'X-Forwarded-For': `${prefix}::${host}` } });
}

test('strangers are limited by their network: 429', async () => {
  await using service = await limited('2/minute');
  const from = network();
  for (const [host, status] of [
    ['1', 204],
    ['2', 204],
    ['3', 429],
  ] as const) {
    expect((await service.ask(ME, from(host))).status).toBe(status);
  }
  expect((await service.ask(ME, network()('1'))).status).toBe(204);
  const refused = await service.ask(ME, from('1'));
  expect(await codeOf(refused)).toBe('RATE_LIMITED');
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
});

test('a 429 comes before the 401, of which bad tokens do not save anybody', async () => {
  await using service = await limited('2/minute');
  const { headers } = network()('1');
  const bad = { headers: { ...headers, Authorization: 'Bearer a.b.c' } };
  for (const status of [401, 401, 429]) {
    expect((await service.ask('/api/v1/user', bad)).status).toBe(status);
  }
});

test('an answer says what is left', async () => {
  await using service = await limited('2/minute');
  const from = network();
  for (const left of [1, 0, 0]) {
    const { headers } = await service.ask(ME, from('1'));
    expect(headers.get('ratelimit-policy')).toBe('"general";q=2;w=60');
    expect(headers.get('ratelimit')).toMatch(new RegExp(`^"general";r=${left};t=(60|59)$`));
  }
});

test('what is not there is not counted, nor the health of the service, nor a preflight', async () => {
  await using service = await limited('1/minute');
  const { headers } = network()('1');
  for (let time = 0; time < 3; time += 1) {
    expect((await service.ask('/api/v1/nothing', { headers })).status).toBe(404);
    expect((await service.ask(ME, { headers, method: 'PUT' })).status).toBe(405);
    expect((await service.ask('/healthz', { headers })).status).toBe(200);
    expect((await service.ask(ME, { headers, method: 'OPTIONS' })).status).toBe(204);
  }
  expect((await service.ask(ME, { headers })).status).toBe(204);
});

test('what takes a password has a limit of its own', async () => {
  await using service = await limited('off', '1/minute');
  const { headers } = network()('1');
  const ask = async (method: string, path: string) =>
    (await service.ask(path, { method, headers })).status;
  expect(await ask('POST', '/api/v1/auth/tokens')).toBe(204);
  expect(await ask('POST', '/api/v1/auth/tokens')).toBe(429);
  expect(await ask('DELETE', ME)).toBe(429);
  expect([await ask('GET', ME), await ask('PATCH', ME)]).toEqual([204, 204]);
});

test('of many at once as many pass as may', async () => {
  await using service = await limited('5/minute');
  const from = network();
  const answers = Array.from({ length: 20 }, async () => service.ask(ME, from('1')));
  const found = (await Promise.all(answers)).map(({ status }) => status);
  expect(found.filter((status) => status === 204)).toHaveLength(5);
});

test('off says nothing', async () => {
  await using service = await limited('off');
  expect((await service.ask(ME)).headers.has('ratelimit')).toBe(false);
});
