/** Requests that are sent again: what frees their keys, and what ends them. */

import { describe, expect, vi } from 'vitest';

import { momentIn } from '../../src/lib/contract/fields/times.ts';
import * as kept from '../../src/lib/contract/idempotency.ts';
import { ApiError } from '../../src/lib/errors.ts';
import { json } from '../../src/lib/http/answers.ts';
import { refusal } from '../support/answers.ts';
import { Client } from '../support/clients.ts';
import { serving } from '../support/serving.ts';
import { ROOM } from './factories.ts';
import { GATES, gates } from './gates.ts';
import { attemptOf, change, isReplayed, send } from './repeats.ts';
import { ROUTERS } from './routes.ts';
import { test } from './test.ts';

vi.mock(import('../../src/lib/contract/idempotency.ts'), { spy: true });

const DAY = 24 * 3600;

describe('while the first request runs', () => {
  test('409 for the same, 422 for another', async ({ stage }) => {
    const person = await stage.signUp();
    expect(await kept.claim(stage.database, attemptOf(person), 30)).toBeNull();
    const answer = await send(person.client);
    expect(refusal(answer)).toEqual([409, 'CONFLICT']);
    expect(answer.headers.get('retry-after')).toBe('1');
    expect((await send(person.client, ROOM.path, 'other')).status).toBe(422);
  });

  test('a lease that ran out goes to the next, and who was too slow is told', async ({ stage }) => {
    const person = await stage.signUp();
    const slow = attemptOf(person);
    await kept.claim(stage.database, slow, 30);
    await change(stage.database, { leaseExpiresAt: momentIn(-1) });
    const next = await send(person.client);
    expect(next.status, next.text).toBe(201);
    const late = stage.database.write(async (session) =>
      kept.complete(session, slow, { status: 201, headers: {}, body: '' }),
    );
    await expect(late).rejects.toMatchObject({ code: 'CONFLICT', headers: { 'Retry-After': '1' } });
    expect((await send(person.client)).text).toBe(next.text);
  });

  test('who sends it to another process waits as well: one row', async ({ stage }) => {
    const person = await stage.signUp();
    await using other = await serving({}, ...ROUTERS);
    const clients = [person.client, new Client(other.url, person.client.headers)];
    const sent = Array.from({ length: 10 }, () => clients).flat();
    const found = await Promise.all(sent.map(async (client) => send(client)));
    expect(found.every(({ status }) => [201, 409].includes(status))).toBe(true);
    expect(await stage.rows(ROOM)).toHaveLength(1);
  });
});

describe('what fails', () => {
  test.for([
    [new Error('a mistake'), 500, 1],
    [new ApiError('CONFLICT'), 409, 1],
    [json({}, 404), 404, 2], // what the handler answers itself, it also commits
  ] as const)('frees the key: %s is answered %i', async ([outcome, status, count], { stage }) => {
    const person = await stage.signUp();
    await using other = await serving({}, ...gates([outcome]));
    const client = new Client(other.url, person.client.headers);
    expect((await send(client, GATES)).status).toBe(status);
    const second = await send(client, GATES);
    expect([second.status, isReplayed(second)]).toEqual([201, false]);
    expect(await stage.rows(ROOM)).toHaveLength(count);
  });

  test('is answered even where the key cannot be freed', async ({ stage }) => {
    const person = await stage.signUp();
    await using other = await serving({}, ...gates([new ApiError('CONFLICT')]));
    const client = new Client(other.url, person.client.headers);
    vi.mocked(kept.free).mockRejectedValueOnce(new Error('no database'));
    expect(refusal(await send(client, GATES))).toEqual([409, 'CONFLICT']);
    expect((await send(client, GATES)).status).toBe(409); // its lease has not run out
  });
});

describe('a day later', () => {
  test('the key is free', async ({ stage }) => {
    const person = await stage.signUp();
    await send(person.client);
    await change(stage.database, { createdAt: momentIn(60 - DAY) });
    expect(isReplayed(await send(person.client))).toBe(true);
    await change(stage.database, { createdAt: momentIn(-DAY) });
    const answer = await send(person.client, ROOM.path, 'another body');
    expect([answer.status, isReplayed(answer)]).toEqual([201, false]);
    expect(await stage.rows(ROOM)).toHaveLength(2);
  });

  test('pruning takes its answer', async ({ stage }) => {
    await send((await stage.signUp()).client);
    for (const [age, count] of [[DAY - 60, 0] as const, [DAY, 1] as const, [DAY, 0] as const]) {
      await change(stage.database, { createdAt: momentIn(-age) });
      const pruned = stage.database.write(async (session) => kept.pruneKeys(session));
      expect(await pruned).toBe(count);
    }
  });
});
