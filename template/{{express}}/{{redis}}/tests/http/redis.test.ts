import { randomUUID } from 'node:crypto';

import { afterAll, expect, test } from 'vitest';

import { ApiRouter } from '../../src/http/api-router.ts';
import { Counters } from '../../src/lib/counters.ts';
import { getSettings } from '../../src/lib/config.ts';
import { noContent } from '../../src/lib/http/answers.ts';
import { captureLog } from '../support/log.ts';
import { serving } from '../support/serving.ts';

const NOWHERE = 'redis://127.0.0.1:1/0';
const open = new ApiRouter('/open', 'open', 'What anybody may.');
open.get('', 'ask', {}, 'Ask.', () => noContent());

const counters = new Counters(getSettings().redisUrl);
afterAll(async () => counters.close());

test('two services share a limit', async () => {
  const limits = { RATE_LIMIT: '3/hour', TRUSTED_PROXIES: '127.0.0.1/32' };
  await using one = await serving(limits, open);
  await using other = await serving(limits, open);
  const from = `2001:db8:${randomUUID().slice(0, 4)}:${randomUUID().slice(0, 4)}::1`;
  const statuses = [];
  for (const service of [one, other, one, other]) {
    const headers = { 'X-Forwarded-For': from };
    statuses.push((await service.ask('/api/v1/open', { headers })).status);
  }
  expect(statuses).toEqual([204, 204, 204, 429]);
});

test('a counter ends with its window', async () => {
  const name = randomUUID();
  const [first, second] = [await counters.add(name, 30), await counters.add(name, 30)];
  expect([first.number, second.number]).toEqual([1, 2]);
  expect(second.secondsLeft).toBeGreaterThan(0);
  expect(second.secondsLeft).toBeLessThanOrEqual(30);
});

test('what is taken back too late ends with a window too', async () => {
  const name = randomUUID();
  await counters.takeBack([name], 30);
  const { number, secondsLeft } = await counters.add(name, 30);
  expect(number).toBe(0);
  expect(secondsLeft).toBeGreaterThan(0);
});

test('while Redis is away requests pass, which the log says once', async () => {
  const lines = captureLog();
  await using lost = await serving({ RATE_LIMIT: '1/minute', REDIS_URL: NOWHERE }, open);
  for (let time = 0; time < 5; time += 1) {
    expect((await lost.ask('/api/v1/open')).status).toBe(204);
  }
  const told = lines.filter(({ logger }) => logger === 'counters').map(({ event }) => event);
  expect(told).toEqual(['REDIS_URL does not answer: requests are not counted']);
});
