import { afterAll, beforeAll, expect, test } from 'vitest';

import { codeOf, type Serving, serving } from '../support/serving.ts';
import { exchange } from '../support/sockets.ts';

const ME = '/api/v1/auth/me';
const FRIEND = 'https://app.example';

let service: Serving;
beforeAll(async () => {
  service = await serving({ CORS_ORIGINS: `${FRIEND}, https://other.example` });
});
afterAll(async () => service[Symbol.asyncDispose]());

async function preflight(origin: string): Promise<Record<string, string>> {
  const headers = { Origin: origin, 'Access-Control-Request-Method': 'PATCH' };
  const answer = await service.ask(ME, { method: 'OPTIONS', headers });
  expect(answer.status).toBe(204);
  return Object.fromEntries([...answer.headers].filter(([name]) => name.includes('control-allow')));
}

test('OPTIONS names what a path offers: 204', async () => {
  const answer = await service.ask(ME, { method: 'OPTIONS' });
  expect([answer.status, await answer.text()]).toEqual([204, '']);
  expect(answer.headers.get('allow')).toBe('DELETE, GET, HEAD, OPTIONS, PATCH');
  expect((await service.ask('/api/v1/nothing', { method: 'OPTIONS' })).status).toBe(404);
});

test.each([
  ['PUT', ME, 'DELETE, GET, HEAD, OPTIONS, PATCH'],
  ['POST', '/healthz', 'GET, HEAD, OPTIONS'],
])('%s, which %s lacks, is 405', async (method, path, allow) => {
  const answer = await service.ask(path, { method });
  expect([answer.status, await codeOf(answer)]).toEqual([405, 'METHOD_NOT_ALLOWED']);
  expect(answer.headers.get('allow')).toBe(allow);
});

test('TRACE is a method like others: 405', async () => {
  const request = `TRACE ${ME} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`;
  expect(await exchange(service.port, [request])).toMatch(/^HTTP\/1.1 405 /);
});

test('HEAD answers what GET does, without the body', async () => {
  const full = await service.ask('/api/v1/openapi.json');
  const head = await service.ask('/api/v1/openapi.json', { method: 'HEAD' });
  expect([head.status, await head.text()]).toEqual([200, '']);
  for (const name of ['content-type', 'content-length']) {
    expect(head.headers.get(name)).toBe(full.headers.get(name));
  }
});

test('a preflight of a friend lets methods and headers in', async () => {
  const said = await preflight(FRIEND);
  expect(said).toMatchObject({
    'access-control-allow-origin': FRIEND,
    'access-control-allow-credentials': 'true',
    'access-control-allow-methods': 'DELETE, GET, HEAD, OPTIONS, PATCH',
  });
  expect(said['access-control-allow-headers']).toContain('If-Match');
});

test.each(['https://evil.example', `${FRIEND}.evil.example`, 'http://app.example', 'null'])(
  'a preflight of %s allows nothing',
  async (origin) => {
    expect(await preflight(origin)).toEqual({});
  },
);

test('a friend sees answers and errors; a stranger sees none', async () => {
  const { headers } = await service.ask(ME, { headers: { Origin: FRIEND } });
  expect(headers.get('access-control-allow-origin')).toBe(FRIEND);
  expect(headers.get('access-control-expose-headers')).toContain('X-Request-ID');
  const strange = await service.ask(ME, { headers: { Origin: 'https://evil.example' } });
  expect(strange.headers.has('access-control-allow-origin')).toBe(false);
});
