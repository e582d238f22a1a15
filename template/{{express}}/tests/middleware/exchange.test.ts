import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';

import { captureLog, type Line } from '../support/log.ts';
import { codeOf, type Serving, serving } from '../support/serving.ts';

let service: Serving;
let lines: Line[];
beforeAll(async () => {
  service = await serving();
});
beforeEach(() => {
  lines = captureLog();
});
afterAll(async () => service[Symbol.asyncDispose]());

test.each([
  ['GET', '/api/v1/auth/me', '/api/v1/auth/me', 401],
  ['HEAD', '/docs/swagger-ui.css', '/docs/{name}', 200],
  ['GET', '/api/v1/secret/path', null, 404],
  ['PUT', '/api/v1/auth/me', null, 405],
  ['OPTIONS', '/api/v1/auth/me', null, 204],
])('%s %s is one line without its path', async (method, path, route, status) => {
  await service.ask(`${path}?token=swordfish`, { method });
  await expect.poll(() => lines.length).toBe(1);
  expect(lines[0]).toMatchObject({ event: 'request', method, route, status, level: 'info' });
  expect(lines[0]).toMatchObject({ client: '127.0.0.1', caller: null });
  expect(lines[0]?.['ms']).toBeGreaterThanOrEqual(0);
  expect(JSON.stringify(lines)).not.toContain('swordfish');
});

test.each([
  ['a-b_c.1', true],
  ['x'.repeat(128), true],
  ['x'.repeat(129), false],
  ['a b', false],
  ['', false],
])('a request keeps the id %j: %s', async (given, isKept) => {
  const { headers } = await service.ask('/healthz', { headers: { 'X-Request-ID': given } });
  expect(headers.get('x-request-id')).toBeTruthy();
  expect(headers.get('x-request-id') === given).toBe(isKept);
});

test('a server that stops takes nothing new: 503', async () => {
  await using other = await serving();
  expect((await other.ask('/readyz')).status).toBe(200);
  other.service.draining.begin();
  const answer = await other.ask('/readyz');
  expect([answer.status, await codeOf(answer)]).toEqual([503, 'SERVICE_UNAVAILABLE']);
  expect(answer.headers.get('connection')).toBe('close');
  expect((await other.ask('/healthz')).status).toBe(200);
});
