/** Keys of requests that are sent again: who may use them. */

import { eq } from 'drizzle-orm';
import { uuidv7 } from 'uuidv7';
import { describe, expect, vi } from 'vitest';

import { getSettings } from '../../src/lib/config.ts';
import { jsonName } from '../../src/lib/contract/casing.ts';
import { claim } from '../../src/lib/contract/idempotency.ts';
import { body, refusal } from '../support/answers.ts';
import { Client } from '../support/clients.ts';
import { serving } from '../support/serving.ts';
import { changeSettings } from '../support/settings.ts';
import { exchange } from '../support/sockets.ts';
import { PIECE, ROOM } from './factories.ts';
import { gates, OPEN_GATES } from './gates.ts';
import { attemptOf, HALL, isReplayed, KEY, send } from './repeats.ts';
import { rooms } from './tables.ts';
import { test } from './test.ts';

vi.mock(import('../../src/lib/config.ts'), { spy: true });

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
    const claimed = claim(stage.database, attemptOf(person), 1);
    await expect(claimed).rejects.toThrow('no database');
  });

  test('has an account that is still there: 409', async ({ stage }) => {
    const gone = { ...attemptOf(await stage.signUp()), userId: uuidv7() };
    await expect(claim(stage.database, gone, 1)).rejects.toMatchObject({ code: 'CONFLICT' });
  });
});

test('another order of members is the same body', async ({ stage }) => {
  const { client } = await stage.signUp();
  const inside = { [jsonName('insideId')]: null };
  const first = await client.post(ROOM.path, { ...HALL, ...inside }, KEY);
  const again = await client.post(ROOM.path, { ...inside, ...HALL }, KEY);
  expect([isReplayed(again), body(again)]).toEqual([true, body(first)]);
});
