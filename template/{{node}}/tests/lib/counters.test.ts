import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

import { afterAll, expect, test } from 'vitest';

import { getSettings } from '../../src/lib/config.ts';
import { createCounters } from '../../src/lib/counters.ts';
import { RateLimit } from '../../src/lib/rate-limits.ts';

const counters = createCounters(getSettings());
afterAll(async () => counters.close());

async function add(key: string, seconds = 60): Promise<number> {
  return (await counters.add(key, seconds)).number;
}

test('a window begins with the first time and ends', async () => {
  const name = randomUUID();
  const numbers = [await add(name, 1), await add(name, 1), await add(name, 1)];
  const { number, secondsLeft } = await counters.add(`other ${name}`, 3600);
  await sleep(1100);
  expect([...numbers, await add(name, 1)]).toEqual([1, 2, 3, 1]);
  expect([number, Math.round(secondsLeft / 3600)]).toEqual([1, 1]);
});

test('what was counted is taken back or forgotten', async () => {
  const [name, other] = [randomUUID(), randomUUID()];
  for (let time = 0; time < 3; time += 1) await add(name);
  await counters.takeBack([name], 60);
  expect(await add(name)).toBe(3);
  await counters.clear(name, 60);
  await counters.takeBack([], 60);
  expect([await add(name), await add(other)]).toEqual([1, 1]);
});

test('a limit tells what is left, and when', () => {
  const limit = RateLimit.parse('general', '2/hour');
  const count = { number: 3, secondsLeft: 0.2 };
  expect(limit?.allows(count)).toBe(false);
  expect(limit?.headers(count)).toEqual({
    'RateLimit-Policy': '"general";q=2;w=3600',
    RateLimit: '"general";r=0;t=1',
  });
  expect(RateLimit.parse('general', 'off')).toBeUndefined();
});
