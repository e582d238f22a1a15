import { expect, test } from 'vitest';

import { Pool } from '../../src/lib/pool.ts';

const never = new AbortController().signal;
let made = 0;
const numbers = (size: number) => new Pool(size, () => (made += 1));

test('makes one only when no other is idle', async () => {
  const pool = numbers(2);
  const first = await pool.acquire(never);
  pool.release(first);
  expect(await pool.acquire(never)).toBe(first);
  expect(pool.made).toEqual([first]);
});

test('lends to who has waited longest', async () => {
  const pool = numbers(1);
  const only = await pool.acquire(never);
  const served: string[] = [];
  const waits = ['first', 'second'].map(async (name) => {
    const item = await pool.acquire(never);
    served.push(name);
    pool.release(item);
  });
  pool.release(only);
  await Promise.all(waits);
  expect(served).toEqual(['first', 'second']);
});

test('forgets who does not wait any longer', async () => {
  const pool = numbers(1);
  const only = await pool.acquire(never);
  const waiting = pool.acquire(AbortSignal.timeout(10));
  await expect(waiting).rejects.toThrow('in time');
  await expect(pool.acquire(AbortSignal.abort())).rejects.toThrow('aborted');
  pool.release(only);
  expect(await pool.acquire(never)).toBe(only);
});
