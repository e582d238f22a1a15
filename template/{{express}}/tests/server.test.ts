import { connect } from 'node:net';
import { text } from 'node:stream/consumers';

import { expect, test } from 'vitest';

import { launch, running } from './support/processes.ts';

const BODY = '{"nonsense": 1}';
const REVOKE =
  'POST /api/v1/auth/tokens/revoke HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n' +
  `Content-Length: ${BODY.length}\r\nConnection: close\r\nX-Request-ID: open-one\r\n\r\n`;

/** Send a request without the end of its body; the rest is for `finish`. */
async function begin(port: number) {
  const socket = connect(port, '127.0.0.1').setEncoding('utf8');
  socket.write(REVOKE + BODY.slice(0, 5));
  return { answer: text(socket), finish: () => socket.write(BODY.slice(5)) };
}

test('a stop answers what is open and refuses what comes', async () => {
  const service = await running();
  expect(await service.status('/readyz')).toBe(200);
  const open = await begin(service.port);
  expect(await service.status('/healthz')).toBe(200); // the open one was taken before it
  service.stop();
  await expect.poll(async () => service.status('/readyz')).toBe(503);
  expect(await service.status('/api/v1/auth/me')).toBe(503);
  expect(await service.status('/healthz')).toBe(200);
  service.stop(); // as often as it is said
  open.finish();
  expect(await open.answer).toMatch(/^HTTP\/1.1 422 /);
  const { status, lines, errors } = await service.ended;
  expect([status, errors]).toEqual([0, '']);
  const told = lines.filter(({ request_id: id }) => id === 'open-one');
  expect(told.map((line) => [line['event'], line['status']])).toEqual([['request', 422]]);
  expect(lines.at(-1)).toMatchObject({ logger: 'server', event: 'stopped' });
});

test('a body that never comes holds no stop up', async () => {
  const service = await running({ REQUEST_TIMEOUT_SECONDS: '1' });
  const stuck = await begin(service.port);
  expect(await service.status('/healthz')).toBe(200);
  service.stop();
  expect(await stuck.answer).toMatch(/^HTTP\/1.1 503 /);
  expect((await service.ended).status).toBe(0);
});

test('an incomplete environment stops the start by name', async () => {
  const { status, errors } = await launch({ SECRET_KEY: 'short', PORT: 'http' }).ended;
  expect(status).toBe(1);
  expect(errors).toMatch(/^The environment is not complete: PORT: .*; SECRET_KEY: [^\n]*\n$/);
});

test('a port that is taken stops the start', async () => {
  const service = await running();
  const { status, errors } = await launch({ PORT: String(service.port) }).ended;
  expect(status).toBe(1);
  expect(errors).toMatch(/^It cannot listen: .*EADDRINUSE[^\n]*\n$/);
  service.stop();
  await service.ended;
});
