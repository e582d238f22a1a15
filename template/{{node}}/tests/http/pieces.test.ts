import { setTimeout as sleep } from 'node:timers/promises';

import { describe, expect, test } from 'vitest';

import { currentContext } from '../../src/lib/context.ts';
import { Deadline } from '../../src/lib/deadline.ts';
import { cookiesOf } from '../../src/lib/http/cookies.ts';
import { Draining } from '../../src/lib/http/draining.ts';
import { queryPairs, writeQuery } from '../../src/lib/http/query.ts';

describe('a deadline', () => {
  test('gives up on what takes too long: 503', async () => {
    const deadline = new Deadline(0.05);
    await expect(deadline.within(sleep(1000))).rejects.toMatchObject({ status: 503 });
    expect([deadline.signal.aborted, deadline.secondsLeft]).toEqual([true, 0]);
    deadline.extend(); // too late
    expect(deadline.secondsLeft).toBe(0);
    await expect(deadline.within(sleep(1000))).rejects.toMatchObject({ status: 503 });
  });

  test('gives as much time again', async () => {
    const deadline = new Deadline(0.2);
    await sleep(120);
    deadline.extend();
    expect(await deadline.within(sleep(120, 'done'))).toBe('done');
    deadline.stop();
  });

  test('is never where there is no request', () => {
    const context = currentContext();
    context.extendDeadline();
    expect([context.secondsLeft(), context.deadline.aborted]).toEqual([Infinity, false]);
  });
});

test('draining is done once all that was open is answered', async () => {
  const draining = new Draining();
  draining.enter();
  draining.begin();
  expect([draining.open, draining.refuses('/x'), draining.refuses('/healthz')]).toEqual([
    1,
    true,
    false,
  ]);
  draining.leave();
  await draining.done;
  expect(draining.open).toBe(0);
});

test('of cookies of one name the first counts', () => {
  const cookies = cookiesOf('a=1; b=x=y; a=2;c');
  expect([...cookies]).toEqual([
    ['a', '1'],
    ['b', 'x=y'],
    ['c', ''],
  ]);
});

test.each([
  ['', []],
  ['&&', []],
  ['a', [['a', '']]],
  ['=b', [['', 'b']]],
  [
    'a%5Bin%5D=%31+2&a=%zz',
    [
      ['a[in]', '1 2'],
      ['a', '%zz'],
    ],
  ],
])('the query %j is read', (raw, pairs) => {
  expect(queryPairs(raw)).toEqual(pairs);
});

test('a query is read as it was written', () => {
  const pairs: [string, string][] = [
    ['q', 'a b+c&d=é%'],
    ['sort', '-created_at,title'],
  ];
  expect(queryPairs(writeQuery(pairs))).toEqual(pairs);
});
