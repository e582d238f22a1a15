import { afterAll, beforeAll, expect, test } from 'vitest';

import { type Serving, serving } from '../support/serving.ts';

const KEPT = {
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  vary: 'Origin, Authorization, Cookie, X-API-Key',
  'cache-control': 'private, no-cache',
};

let service: Serving;
beforeAll(async () => {
  service = await serving();
});
afterAll(async () => service[Symbol.asyncDispose]());

test.each(['/healthz', '/api/v1/openapi.json', '/api/v1/nothing', '/x'])(
  '%s has them, errors too',
  async (path) => {
    const { headers } = await service.ask(path);
    expect(Object.fromEntries(headers)).toMatchObject(KEPT);
    expect(headers.has('x-powered-by')).toBe(false);
  },
);

test.each(['GET', 'PATCH', 'OPTIONS'])('nothing under auth is stored: %s', async (method) => {
  const { headers } = await service.ask('/api/v1/auth/me', { method });
  expect(headers.get('cache-control')).toBe('no-store');
});

test('a page keeps what it says itself', async () => {
  const page = await service.ask('/docs');
  expect(page.headers.get('content-security-policy')).toMatch(/^default-src 'none'; script-src/);
  const names = [...(await page.text()).matchAll(/(?:src|href)="(docs\/[^"]+)"/g)];
  expect(names).toHaveLength(4);
  for (const [, name = ''] of names) {
    const asset = await service.ask(`/${name}`);
    expect(asset.status).toBe(200);
    expect(asset.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  }
  expect((await service.ask('/docs/toString')).status).toBe(404);
});

test('the root leads to the page: 303', async () => {
  const answer = await service.ask('/');
  expect([answer.status, answer.headers.get('location')]).toEqual([303, '/docs']);
});

test.each([
  ['development', false],
  ['production', true],
])('encryption is demanded outside development: %s', async (environment, isSaid) => {
  await using other = await serving({
    APP_ENV: environment,
    PUBLIC_URL: 'https://app.example',
    SMTP_URL: 'none',
  });
  const { headers } = await other.ask('/healthz');
  expect(headers.has('strict-transport-security')).toBe(isSaid);
});
