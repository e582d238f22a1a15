import { setTimeout as sleep } from 'node:timers/promises';

import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';

import { ApiRouter } from '../../src/http/api-router.ts';
import { ApiError } from '../../src/lib/errors.ts';
import { noContent } from '../../src/lib/http/answers.ts';
import { captureLog, type Line } from '../support/log.ts';
import { codeOf, type Serving, serving } from '../support/serving.ts';
import { exchange } from '../support/sockets.ts';

const faulty = new ApiRouter('/faulty', 'faulty', 'What goes wrong.');
faulty.get('/mistake', 'mistake', {}, 'A mistake.', () => {
  throw new Error('the password is swordfish', { cause: new Error('Bearer abc.def') });
});
faulty.get('/refusal/:status', 'refusal', {}, "Another library's error.", (call) => {
  throw Object.assign(new Error('swordfish'), { status: Number(call.parameter('status')) });
});
faulty.get('/forbidden', 'forbidden', {}, 'What nobody may.', () => {
  throw new ApiError('FORBIDDEN');
});
faulty.get('/slow', 'slow', {}, 'What does not end.', async () => {
  await sleep(2000);
  return noContent();
});
faulty.post('/read', 'read', {}, 'What reads.', async (call) => {
  await call.json();
  return noContent();
});

let service: Serving;
let lines: Line[];
beforeAll(async () => {
  service = await serving({ REQUEST_TIMEOUT_SECONDS: '0.3' }, faulty);
});
beforeEach(() => {
  lines = captureLog();
});
afterAll(async () => service[Symbol.asyncDispose]());

test('a mistake is logged and says nothing: 500', async () => {
  const answer = await service.ask('/api/v1/faulty/mistake', {
    headers: { 'X-Request-ID': 'one' },
  });
  expect(answer.status).toBe(500);
  expect(answer.headers.get('x-request-id')).toBe('one');
  expect(await answer.text()).not.toContain('swordfish');
  const line = lines.find(({ event }) => event === 'a request failed');
  expect(line).toMatchObject({ level: 'error', request_id: 'one' });
  expect(String(line?.['exception'])).toContain('caused by Error: Bearer [redacted]');
});

test.each([
  [400, 'MALFORMED_JSON'],
  [401, 'UNAUTHENTICATED'],
  [403, 'FORBIDDEN'],
  [404, 'NOT_FOUND'],
  [409, 'CONFLICT'],
  [418, 'INTERNAL_ERROR'],
])("another library's %i has the same form", async (status, code) => {
  const answer = await service.ask(`/api/v1/faulty/refusal/${status}`);
  expect(await codeOf(answer)).toBe(code);
});

test('a refusal is recorded: 403', async () => {
  const path = '/api/v1/faulty/forbidden';
  expect((await service.ask(path)).status).toBe(403);
  const line = lines.find(({ logger }) => logger === 'audit');
  expect(line).toMatchObject({ event: 'refused', user_id: null, details: { method: 'GET', path } });
});

test('what takes too long is given up: 503', async () => {
  const answer = await service.ask('/api/v1/faulty/slow');
  expect([answer.status, await codeOf(answer)]).toEqual([503, 'SERVICE_UNAVAILABLE']);
  expect(answer.headers.get('retry-after')).toBe('1');
});

test('a body that does not come is not awaited: 503', async () => {
  const head =
    'POST /api/v1/faulty/read HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n' +
    'Content-Length: 5\r\n\r\n{';
  expect(await exchange(service.port, [head], 600)).toContain('HTTP/1.1 503 ');
});

test('who goes away is answered nothing, which is no mistake', async () => {
  const head =
    'POST /api/v1/faulty/read HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n' +
    'X-Request-ID: gone\r\nContent-Length: 5\r\n\r\n{';
  await exchange(service.port, [head], 50);
  await expect
    .poll(() => lines.map(({ event, status }) => [event, status]))
    .toEqual([['request', 0]]);
});

test.each(['/', '/api/v1', '/api/v1/nothing', '/api/v1/faulty/mistake/'])(
  'POST of %s is answered in the one form: 404 or 405',
  async (path) => {
    const answer = await service.ask(path, { method: 'POST' });
    expect(await codeOf(answer)).toBe(answer.status === 404 ? 'NOT_FOUND' : 'METHOD_NOT_ALLOWED');
  },
);
