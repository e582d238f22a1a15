/** Keys of requests that are sent again: what frees them, what ends them, and who may use them. */

import { eq } from 'drizzle-orm';
import { uuidv7 } from 'uuidv7';
import { describe, expect, vi } from 'vitest';

import { getSettings } from '../../src/lib/config.ts';
import { jsonName } from '../../src/lib/contract/casing.ts';
import { momentIn } from '../../src/lib/contract/fields/times.ts';
import * as kept from '../../src/lib/contract/idempotency.ts';
import type { Database } from '../../src/lib/db.ts';
import { ApiError } from '../../src/lib/errors.ts';
import { json } from '../../src/lib/http/answers.ts';
import { idempotencyKeys as keys } from '../../src/tables/idempotency-key.ts';
import { body, refusal } from '../support/answers.ts';
import { type Answer, Client } from '../support/clients.ts';
import type { Person } from '../support/people.ts';
import { serving } from '../support/serving.ts';
import { changeSettings } from '../support/settings.ts';
import { exchange } from '../support/sockets.ts';
import { PIECE, ROOM } from './factories.ts';
import { GATES, gates, OPEN_GATES } from './gates.ts';
import { ROUTERS } from './routes.ts';
import { rooms } from './tables.ts';
import { test } from './test.ts';

vi.mock(import('../../src/lib/config.ts'), { spy: true });
vi.mock(import('../../src/lib/contract/idempotency.ts'), { spy: true });

const KEY = { 'Idempotency-Key': 'a-key' };
const HALL = { name: 'Hall' };
const DAY = 24 * 3600;

async function send(client: Client, path = ROOM.path, name = HALL.name): Promise<Answer> {
  return client.post(path, { name }, KEY);
}

async function change(
  database: Database,
  values: Partial<typeof keys.$inferInsert>,
): Promise<void> {
  await database.write(async (session) => session.changed(session.db.update(keys).set(values)));
}

function isReplayed({ headers }: Answer): boolean {
  return headers.get('idempotency-replayed') === 'true';
}

/** Returns somebody's request, as one that runs elsewhere. */
function attemptOf({ id }: Person): kept.Attempt {
  const request = { method: 'POST', path: ROOM.path, key: 'a-key', body: HALL };
  return { ...request, userId: id, leaseId: uuidv7() };
}

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

describe('who uses a key', () => {
  test('sees no answer any more without the right to make the row: 403', async ({ stage }) => {
    const [person, other] = [await stage.signUp(), await stage.signUp()];
    const room = await stage.store(ROOM, person);
    const piece = { [jsonName('roomId')]: room.id, title: 'Lily' };
    for (const [{ id }, status] of [
      [person, 201] as const,
      [person, 201] as const,
      [other, 403] as const,
    ]) {
      await stage.database.write(async (session) =>
        session.changed(session.db.update(rooms).set({ ownerId: id }).where(eq(rooms.id, room.id))),
      );
      expect((await person.client.post(PIECE.path, piece, KEY)).status).toBe(status);
    }
  });

  test('keeps it when the secret changes', async ({ stage }) => {
    const { client } = await stage.signUp();
    await send(client);
    const secretKey = 'another key that only tests use, of enough bytes';
    changeSettings({ secretKey, secretKeyPrevious: getSettings().secretKey });
    expect(isReplayed(await send(client))).toBe(true);
  });

  test('is somebody: 400 for nobody', async ({ stage }) => {
    await using other = await serving({}, ...gates([]));
    const answer = await send(new Client(other.url), OPEN_GATES);
    expect(refusal(answer)).toEqual([400, 'INVALID_PARAMETER']);
    expect(answer.text).toContain('Idempotency-Key');
    expect((await stage.anonymous.get('/healthz')).status).toBe(200);
    expect((await new Client(other.url).post(OPEN_GATES, {})).status).toBe(204);
  });

  test('gives it once: 400 for two', async ({ stage, serving: { port } }) => {
    const { Authorization = '' } = (await stage.signUp()).client.headers;
    const head = `POST ${ROOM.path} HTTP/1.1\r\nHost: a\r\nAuthorization: ${Authorization}\r\n`;
    const sent = 'Content-Type: application/json\r\nContent-Length: 15\r\nConnection: close\r\n';
    const twice = 'Idempotency-Key: one\r\nIdempotency-Key: two\r\n\r\n{"name":"Hall"}';
    expect(await exchange(port, [head + sent + twice])).toContain('HTTP/1.1 400 ');
  });

  test('is told of a database that is away', async ({ stage }) => {
    const person = await stage.signUp();
    vi.spyOn(stage.database, 'write').mockRejectedValueOnce(new Error('no database'));
    const claimed = kept.claim(stage.database, attemptOf(person), 1);
    await expect(claimed).rejects.toThrow('no database');
  });

  test('has an account that is still there: 409', async ({ stage }) => {
    const gone = { ...attemptOf(await stage.signUp()), userId: uuidv7() };
    await expect(kept.claim(stage.database, gone, 1)).rejects.toMatchObject({ code: 'CONFLICT' });
  });
});

test('another order of members is the same body', async ({ stage }) => {
  const { client } = await stage.signUp();
  const inside = { [jsonName('insideId')]: null };
  const first = await client.post(ROOM.path, { ...HALL, ...inside }, KEY);
  const again = await client.post(ROOM.path, { ...inside, ...HALL }, KEY);
  expect([isReplayed(again), body(again)]).toEqual([true, body(first)]);
});
