/** Many at once: one wins, each of the others is told why it did not, and nobody sees a 500. */

import { describe, expect } from 'vitest';

import { jsonName } from '../../src/lib/contract/casing.ts';
import type { Answer } from '../support/clients.ts';
import { PIECE, ROOM, TAG } from './factories.ts';
import { test } from './test.ts';

const RACERS = Array.from({ length: 20 }, (_, number) => number);

/** Sends all at once and returns how often each status was answered. */
async function statuses(
  send: (number: number) => Promise<Answer>,
): Promise<Record<number, number>> {
  const counts: Record<number, number> = {};
  for (const { status } of await Promise.all(RACERS.map(send))) {
    counts[status] = (counts[status] ?? 0) + 1;
  }
  return counts;
}

describe('of many', () => {
  test('creates one gets a unique value', async ({ stage }) => {
    const { client } = await stage.signUp();
    const found = await statuses(async () => client.post(TAG.path, { word: 'same' }));
    expect(found).toEqual({ 201: 1, 409: 19 });
    expect(await stage.rows(TAG)).toHaveLength(1);
  });

  test('changes one gets a unique value', async ({ stage }) => {
    const person = await stage.signUp();
    const ids: string[] = [];
    for (const _ of RACERS) ids.push((await stage.store(TAG, person)).id);
    const found = await statuses(async (number) =>
      person.client.patch(`${TAG.path}/${ids[number]}`, { word: 'same' }),
    );
    expect(found).toEqual({ 200: 1, 409: 19 });
  });

  test.for([
    [{ 'If-Match': '"1"' }, {}, { 200: 1, 412: 19 }],
    [{}, { version: 1 }, { 200: 1, 409: 19 }],
  ] as const)(
    'writers of a version one wins: %j %j',
    async ([headers, seen, expected], { stage }) => {
      const person = await stage.signUp();
      const path = `${ROOM.path}/${(await stage.store(ROOM, person)).id}`;
      const found = await statuses(async (number) =>
        person.client.patch(path, { name: `name ${number}`, ...seen }, headers),
      );
      expect(found).toEqual(expected);
    },
  );

  test('writers without a version all are heard', async ({ stage }) => {
    const person = await stage.signUp();
    const room = await stage.store(ROOM, person);
    const path = `${ROOM.path}/${room.id}`;
    const found = await statuses(async (number) =>
      person.client.patch(path, { name: `name ${number}` }),
    );
    expect(found).toEqual({ 200: 20 });
    expect(await stage.reload(ROOM, room)).toMatchObject({ version: 21 });
  });

  test('deletes one deletes', async ({ stage }) => {
    const person = await stage.signUp();
    const { roomId } = await stage.store(PIECE, person);
    const found = await statuses(async () =>
      person.client.delete(`${ROOM.path}/${String(roomId)}`),
    );
    expect(found).toEqual({ 204: 1, 404: 19 });
  });
});

describe('a link', () => {
  test('that many add is there once', async ({ stage }) => {
    const person = await stage.signUp();
    const piece = await stage.store(PIECE, person);
    const { id } = await stage.store(TAG, person);
    const found = await statuses(async () =>
      person.client.patch(`${PIECE.path}/${piece.id}`, { [jsonName('tagIds')]: [id] }),
    );
    expect(found).toEqual({ 200: 20 });
    expect(await stage.reload(PIECE, piece)).toMatchObject({ tagIds: [id] });
  });

  test('to what is being deleted is made or refused', async ({ stage }) => {
    const admin = await stage.signUp('admin');
    for (let time = 0; time < 5; time += 1) {
      const { id } = await stage.store(TAG, admin);
      const pieces = [await stage.store(PIECE, admin), await stage.store(PIECE, admin)];
      const patch = { [jsonName('tagIds')]: [id] };
      const [gone, ...found] = await Promise.all([
        admin.client.delete(`${TAG.path}/${id}`),
        ...pieces.map(async (piece) => admin.client.patch(`${PIECE.path}/${piece.id}`, patch)),
      ]);
      expect(gone.status, gone.text).toBe(204);
      for (const [at, piece] of pieces.entries()) {
        const status = found[at]?.status ?? 0;
        expect([200, 422]).toContain(status);
        const version = status === 200 ? 3 : 1;
        expect(await stage.reload(PIECE, piece)).toMatchObject({ tagIds: [], version });
      }
    }
  });
});
