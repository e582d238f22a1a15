import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { ApiRouter } from '../../src/http/api-router.ts';
import { json } from '../../src/lib/http/answers.ts';
import { codeOf, type Serving, serving } from '../support/serving.ts';
import { exchange } from '../support/sockets.ts';

const JSON_HEADERS = { 'Content-Type': 'application/json' };
const AFTER = 'GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n';

const echo = new ApiRouter('/echo', 'echo', 'What was said.');
echo.post('', 'say', {}, 'Say it again.', async (call) => {
  call.noQuery();
  return json(await call.json());
});
echo.patch('', 'change', {}, 'Say it again.', async (call) => json(await call.patch()));
echo.get('', 'ask', {}, 'Tell the query.', (call) => json(call.query()));
echo.get('/headers', 'hear', {}, 'Tell what was said aside.', (call) =>
  json([call.header('If-Match'), call.cookie('a'), call.cookie('b')]),
);
echo.get('/:id', 'find', {}, 'Tell the id.', (call) => json([call.path, call.rowId()]));

let service: Serving;
beforeAll(async () => {
  service = await serving({ MAX_BODY_BYTES: '100' }, echo);
});
afterAll(async () => service[Symbol.asyncDispose]());

async function say(body: RequestInit['body'], headers: Record<string, string> = JSON_HEADERS) {
  return service.ask('/api/v1/echo', { method: 'POST', body: body ?? null, headers });
}

function head(headers: string): string {
  return `POST /api/v1/echo HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n${headers}\r\n\r\n`;
}

test('a header in several lines is one', async () => {
  const lines = 'If-Match: "1"\r\nCookie: a=1\r\nIf-Match: *\r\nCookie: b=2';
  const request = `GET /api/v1/echo/headers HTTP/1.1\r\nHost: a\r\n${lines}\r\n\r\n`;
  expect(await exchange(service.port, [request])).toContain(JSON.stringify(['"1", *', '1', '2']));
});

describe('bodies', () => {
  test.each([
    [99, 200],
    [100, 413],
    [5000, 413],
  ])('of %i bytes and one more: %i, with a length or in chunks', async (size, status) => {
    expect((await say(`${' '.repeat(size)}1`)).status).toBe(status);
    const chunk = `${size.toString(16)}\r\n${' '.repeat(size)}\r\n1\r\n1\r\n0\r\n\r\n`;
    const answer = await exchange(service.port, [head('Transfer-Encoding: chunked') + chunk]);
    expect(answer).toContain(`HTTP/1.1 ${status} `);
  });

  test.each([
    'application/json',
    'Application/JSON; charset=utf-8',
    'application/json;charset="UTF-8"',
  ])('%s is JSON: 200', async (type) => {
    expect((await say('1', { 'Content-Type': type })).status).toBe(200);
  });

  test.each(['text/json', 'application/merge-patch+json', 'application/json; charset=utf-16'])(
    '%s is not: 415',
    async (type) => {
      const answer = await say('1', { 'Content-Type': type });
      expect([answer.status, await codeOf(answer)]).toEqual([415, 'UNSUPPORTED_MEDIA_TYPE']);
    },
  );

  test('are taken only as they are: 415 for any encoding', async () => {
    const answer = await say('1', { ...JSON_HEADERS, 'Content-Encoding': 'gzip' });
    expect(answer.status).toBe(415);
  });

  test('of patches may be merge patches by name: 200', async () => {
    const headers = { 'Content-Type': 'application/merge-patch+json' };
    const answer = await service.ask('/api/v1/echo', { method: 'PATCH', body: '{}', headers });
    expect(answer.status).toBe(200);
  });

  test('that are refused do not cost the connection: the next request is answered', async () => {
    const long = `${head('Content-Length: 200')}${' '.repeat(200)}${AFTER}`;
    const chunk = `96\r\n${' '.repeat(150)}\r\n`;
    const chunked = `${head('Transfer-Encoding: chunked')}${chunk}${chunk}0\r\n\r\n${AFTER}`;
    for (const request of [long, chunked]) {
      const answer = await exchange(service.port, [request]);
      expect(answer.match(/HTTP\/1.1 \d+/g)).toEqual(['HTTP/1.1 413', 'HTTP/1.1 200']);
    }
  });

  test('are awaited by who asks whether to send them', async () => {
    const asked = head('Expect: 100-continue\r\nContent-Length: 1\r\nConnection: close');
    const answer = await exchange(service.port, [asked, '1']);
    expect(answer.match(/HTTP\/1.1 \d+/g)).toEqual(['HTTP/1.1 100', 'HTTP/1.1 200']);
  });

  test('are read whatever else is expected', async () => {
    const asked = head('Expect: wonders\r\nContent-Length: 1\r\nConnection: close');
    expect(await exchange(service.port, [asked, '1'])).toContain('HTTP/1.1 200');
  });
});

describe('queries', () => {
  test('are UTF-8: 400', async () => {
    const answer = await service.ask('/api/v1/echo?%ff=1');
    expect([answer.status, await codeOf(answer)]).toEqual([400, 'INVALID_PARAMETER']);
  });

  test('keep their order and what is repeated', async () => {
    const answer = await service.ask('/api/v1/echo?b=2&a=%C3%A9+1&b=&c');
    expect(await answer.json()).toEqual([
      ['b', '2'],
      ['a', 'é 1'],
      ['b', ''],
      ['c', ''],
    ]);
  });

  test('are refused where none is known: 400', async () => {
    const init = { method: 'POST', body: '1', headers: JSON_HEADERS };
    expect((await service.ask('/api/v1/echo?a=1', init)).status).toBe(400);
  });
});

describe('paths', () => {
  const id = '019c2f4e-7b1a-7c3d-8e5f-6a7b8c9d0e1f';

  test.each([
    [`echo/${id.toUpperCase()}`, `echo/${id.toUpperCase()}`, id],
    [`%65cho/${id}`, `echo/${id}`, id],
    ['echo/%E0%A4%A', 'echo/\u{FFFD}%A', null],
    ['echo/%3F', 'echo/?', null],
  ])('%s is read as %s with the id %s', async (path, read, named) => {
    const answer = await service.ask(`/api/v1/${path}`);
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual([`/api/v1/${read}`, named]);
  });

  test.each(['/api/v1/echo/', '/api/v1//echo', '/API/v1/echo', '/api/v1/echo/a%2Fb', '/api/v1'])(
    '%s is none: 404',
    async (path) => {
      const answer = await service.ask(path);
      expect([answer.status, await codeOf(answer)]).toEqual([404, 'NOT_FOUND']);
    },
  );

  test('may come with the whole address', async () => {
    const request = 'GET http://a/api/v1/echo?b=1 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n';
    expect(await exchange(service.port, [request])).toContain('[["b","1"]]');
  });
});
