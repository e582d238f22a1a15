import { expect, test } from 'vitest';

import { openApiDocument } from '../../src/http/openapi.ts';
import { templateOf } from '../../src/http/routes.ts';
import { readSettings } from '../../src/lib/config.ts';
import { routersFor } from '../../src/routes/index.ts';
import { serving } from '../support/serving.ts';

const { env } = process;

test('every route is in the document', () => {
  const settings = readSettings(env);
  const { paths } = openApiDocument(settings);
  for (const { method, path } of routersFor(settings).flatMap(({ routes }) => routes)) {
    expect(paths).toHaveProperty([templateOf(path), method, 'operationId']);
  }
});

test('without mail its endpoints are neither there nor documented: 404', async () => {
  await using service = await serving({ SMTP_URL: 'none' });
  const { paths } = openApiDocument(service.service.settings);
  for (const path of ['password/forgot', 'password/reset', 'email', 'email/verify']) {
    const whole = `/api/v1/auth/${path}`;
    expect(paths).not.toHaveProperty([whole]);
    expect((await service.ask(whole, { method: 'POST', body: '{}' })).status).toBe(404);
  }
  const register = await service.ask('/api/v1/auth/register', { method: 'POST', body: '{}' });
  expect(register.status).toBe(415);
});
