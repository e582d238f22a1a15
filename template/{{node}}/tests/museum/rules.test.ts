/** Rules that follow a row to its parents, and what becomes of rows when others go. */

import { describe, expect } from 'vitest';

import { inOrder } from '../behaviour/ordering.ts';
import { list, walk } from '../behaviour/walking.ts';
import { jsonName } from '../../src/lib/contract/casing.ts';
import { faulty } from '../support/answers.ts';
import type { Person } from '../support/people.ts';
import type { StoredRow } from '../support/rows.ts';
import { NOTE, PIECE, ROOM, TAG } from './factories.ts';
import { test } from './test.ts';

async function refer(keeper: Person, path: string, name: string, to: StoredRow): Promise<void> {
  const answer = await keeper.client.patch(path, { [jsonName(name)]: to.id });
  expect(answer.status, answer.text).toBe(200);
}

describe('who may', () => {
  test('move a piece: who may change both rooms', async ({ stage }) => {
    const [keeper, other] = [await stage.signUp(), await stage.signUp()];
    const piece = await stage.store(PIECE, keeper);
    const own = await stage.store(ROOM, keeper);
    const foreign = await stage.store(ROOM, other);
    for (const [{ id }, status] of [
      [own, 200] as const,
      [foreign, 403] as const,
      [piece, 422] as const,
    ]) {
      const answer = await keeper.client.patch(`${PIECE.path}/${piece.id}`, {
        [jsonName('roomId')]: id,
      });
      expect(answer.status).toBe(status);
    }
  });

  test('put a piece into a room: nobody but its keeper', async ({ stage }) => {
    const [keeper, other] = [await stage.signUp(), await stage.signUp()];
    const room = await stage.store(ROOM, keeper);
    const body = await stage.body(PIECE, other, { roomId: room.id });
    expect((await other.client.post(PIECE.path, body)).status).toBe(403);
  });

  test('take a note away: its writer, or who keeps the room of its piece', async ({ stage }) => {
    const [keeper, writer, other] = [
      await stage.signUp(),
      await stage.signUp(),
      await stage.signUp(),
    ];
    for (const [person, status] of [
      [other, 403] as const,
      [writer, 204] as const,
      [keeper, 204] as const,
    ]) {
      const { id } = await stage.store(NOTE, writer, {}, keeper);
      expect((await person.client.delete(`${NOTE.path}/${id}`)).status).toBe(status);
    }
  });

  test('take a tag away: who has the role', async ({ stage }) => {
    const [admin, other] = [await stage.signUp('admin'), await stage.signUp()];
    const path = `${TAG.path}/${(await stage.store(TAG, other)).id}`;
    expect((await stage.anonymous.delete(path)).status).toBe(401);
    expect((await other.client.delete(path)).status).toBe(403);
    expect((await admin.client.delete(path)).status).toBe(204);
  });

  test('take a piece away: nobody who is not logged in', async ({ stage }) => {
    const { id } = await stage.store(PIECE, await stage.signUp());
    expect((await stage.anonymous.delete(`${PIECE.path}/${id}`)).status).toBe(401);
  });
});

describe('what goes along', () => {
  test('204 for rooms inside each other; the other one has a new version', async ({ stage }) => {
    const keeper = await stage.signUp();
    const outer = await stage.store(ROOM, keeper);
    const inner = await stage.store(ROOM, keeper, { insideId: outer.id });
    await refer(keeper, `${ROOM.path}/${outer.id}`, 'insideId', inner);
    expect((await keeper.client.delete(`${ROOM.path}/${outer.id}`)).status).toBe(204);
    expect(await stage.reload(ROOM, inner)).toMatchObject({ insideId: null, version: 2 });
  });

  test('204 for notes about each other, which go together', async ({ stage }) => {
    const keeper = await stage.signUp();
    const first = await stage.store(NOTE, keeper);
    const second = await stage.store(NOTE, keeper, { aboutId: first.id });
    await refer(keeper, `${NOTE.path}/${first.id}`, 'aboutId', second);
    expect((await keeper.client.delete(`${NOTE.path}/${first.id}`)).status).toBe(204);
    expect(await stage.rows(NOTE)).toEqual([]);
  });

  test('204 for a room with all that hangs in it; tags stay', async ({ stage }) => {
    const keeper = await stage.signUp();
    const tag = await stage.store(TAG, keeper);
    const piece = await stage.store(PIECE, keeper, { tagIds: [tag.id] });
    await stage.store(NOTE, keeper, { pieceId: piece.id });
    const path = `${ROOM.path}/${String(piece['roomId'])}`;
    expect((await keeper.client.delete(path)).status).toBe(204);
    expect([await stage.rows(PIECE), await stage.rows(NOTE)]).toEqual([[], []]);
    expect(await stage.reload(TAG, tag)).toEqual(tag);
  });

  test('409 for a room while a copy needs its piece', async ({ stage }) => {
    const keeper = await stage.signUp();
    const piece = await stage.store(PIECE, keeper);
    await stage.store(PIECE, keeper, { copyOfId: piece.id });
    const path = `${ROOM.path}/${String(piece['roomId'])}`;
    expect((await keeper.client.delete(path)).status).toBe(409);
    expect(await stage.rows(PIECE)).toHaveLength(2);
  });
});

test('orders of three keys lead through every row once', async ({ stage }) => {
  const keeper = await stage.signUp();
  for (let number = 0; number < 9; number += 1) {
    const weight = number % 3 === 0 ? null : number % 2;
    await stage.store(PIECE, keeper, { title: 'ab'[number % 2], weight, insured: false });
  }
  const rows = await stage.rows(PIECE);
  for (const sort of [
    'weight,title,createdAt',
    '-weight,title',
    'weight,-title',
    '-title,-weight',
  ]) {
    const named = sort.replace(/\w+/g, jsonName);
    const found = await walk(keeper.client, PIECE.path, { limit: 2, sort: named });
    expect(found, sort).toEqual(inOrder(PIECE, rows, sort));
  }
  const four = ['title', 'weight', 'createdAt', 'updatedAt'].map(jsonName).join();
  expect(faulty(await list(keeper.client, PIECE.path, { sort: four }))).toEqual([400, 'sort']);
});
