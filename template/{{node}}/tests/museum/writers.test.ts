/** Writers who meet: what one saw before the other was faster. */

import { eq, sql } from 'drizzle-orm';
import { uuidv7 } from 'uuidv7';
import { describe, expect } from 'vitest';

import type { Caller } from '../../src/lib/auth/caller.ts';
import { jsonName } from '../../src/lib/contract/casing.ts';
import { Precondition } from '../../src/lib/contract/etags.ts';
import { stamps } from '../../src/lib/contract/fields/times.ts';
import { addLinks } from '../../src/lib/contract/links.ts';
import type { Row } from '../../src/lib/contract/pages.ts';
import { insertRow } from '../../src/lib/contract/writes.ts';
import type { Session } from '../../src/lib/db.ts';
import { ApiError, type Code } from '../../src/lib/errors.ts';
import type { Person } from '../support/people.ts';
import type { Stage } from '../support/stage.ts';
import { NOTE, PIECE, ROOM, TAG } from './factories.ts';
import { PIECES, ROOMS } from './rules.ts';
import { PieceUpdate, RoomUpdate } from './schemas.ts';
import { PIECE_LINKS, pieces, rooms } from './tables.ts';
import { test } from './test.ts';

const FREE = new Precondition();
const AT_FIRST = new Precondition(['"1"']);

function callerOf({ id }: Person): Caller {
  return { userId: id, roles: new Set(), scopes: null, strategy: 'jwt', sessionId: null };
}

/** Returns a room as somebody saw it before another changed it. */
async function seenTooEarly(stage: Stage, person: Person): Promise<Row> {
  const { id } = await stage.store(ROOM, person);
  const seen = await stage.database.read(async (session) =>
    ROOMS.findFor('update', session, callerOf(person), id),
  );
  await stage.database.write(async (session) => {
    const later = { version: sql`${rooms.version} + 1` };
    await session.changed(session.db.update(rooms).set(later).where(eq(rooms.id, id)));
  });
  return seen;
}

/** Returns the code that `work` is refused with; undefined where it is not. */
async function refusalOf(
  stage: Stage,
  work: (session: Session) => Promise<unknown>,
): Promise<Code | undefined> {
  try {
    await stage.database.write(work);
  } catch (error) {
    if (error instanceof ApiError) return error.code;
    throw error;
  }
  return undefined;
}

describe('the slower of two writers', () => {
  test.for([
    [AT_FIRST, {}, 'PRECONDITION_FAILED'],
    [FREE, { version: 1 }, 'VERSION_MISMATCH'],
    [FREE, {}, undefined],
  ] as const)('is told or wins: %j %j', async ([expected, members, code], { stage }) => {
    const person = await stage.signUp();
    const row = await seenTooEarly(stage, person);
    const data = RoomUpdate.parse({ name: 'mine', ...members });
    const found = await refusalOf(stage, async (session) =>
      ROOMS.update(session, callerOf(person), row, data, expected),
    );
    expect(found).toBe(code);
  });

  test.for([
    [AT_FIRST, 'PRECONDITION_FAILED'],
    [FREE, undefined],
  ] as const)('deletes the row or is told: %j', async ([expected, code], { stage }) => {
    const person = await stage.signUp();
    const row = await seenTooEarly(stage, person);
    const found = await refusalOf(stage, async (session) =>
      ROOMS.delete(session, callerOf(person), row, expected),
    );
    expect(found).toBe(code);
    expect(await stage.rows(ROOM)).toHaveLength(code === undefined ? 0 : 1);
  });

  test('finds no row where it is gone', async ({ stage }) => {
    const person = await stage.signUp();
    const row = await seenTooEarly(stage, person);
    await stage.database.write(async (session) => ROOMS.delete(session, null, row, FREE));
    const data = RoomUpdate.parse({ name: 'mine' });
    const change = async (session: Session) =>
      ROOMS.update(session, callerOf(person), row, data, FREE);
    const removal = async (session: Session) => ROOMS.delete(session, null, row, FREE);
    expect(await refusalOf(stage, change)).toBe('NOT_FOUND');
    expect(await refusalOf(stage, removal)).toBe('NOT_FOUND');
  });
});

describe('what is gone meanwhile', () => {
  test('is no target of a row: 422 where the database names the relation, else 409', async ({
    stage,
  }) => {
    const lost = { id: uuidv7(), roomId: uuidv7(), title: 'lost', insured: false, version: 1 };
    const found = await refusalOf(stage, async (session) =>
      insertRow(session, pieces, { ...lost, ...stamps() }),
    );
    expect(['VALIDATION_ERROR', 'CONFLICT']).toContain(found);
  });

  test('is no target of a link: 422', async ({ stage }) => {
    const { id } = await stage.store(PIECE, await stage.signUp());
    const link = PIECE_LINKS['tagIds'];
    const adding = stage.database.write(async (session) => {
      if (link) await addLinks(session, 'tagIds', link, id, [uuidv7()]);
    });
    await expect(adding).rejects.toMatchObject({ details: [{ field: jsonName('tagIds') }] });
  });
});

test('links are compared with what is there when they are written', async ({ stage }) => {
  const person = await stage.signUp();
  const { id } = await stage.store(PIECE, person);
  const tag = await stage.store(TAG, person);
  const data = PieceUpdate.parse({ [jsonName('tagIds')]: [tag.id] });
  const seen = await stage.database.read(async (session) =>
    PIECES.findFor('update', session, callerOf(person), id),
  );
  for (const version of [2, 3]) {
    const row = await stage.database.write(async (session) =>
      PIECES.update(session, callerOf(person), seen, data, FREE),
    );
    expect(row).toMatchObject({ tagIds: [tag.id], version });
  }
});

test('a row that is gone is not read, nor what no row lists', async ({ stage }) => {
  const reading = stage.database.read(async (session) => PIECES.read(session, uuidv7()));
  await expect(reading).rejects.toMatchObject({ code: 'NOT_FOUND' });
  expect(() => PIECES.link('nothing')).toThrow('museum_pieces has no nothing');
});

test('a delete counts what goes along, each row once', async ({ stage }) => {
  const person = await stage.signUp();
  const piece = await stage.store(PIECE, person);
  const note = await stage.store(NOTE, person, { pieceId: piece.id });
  await stage.store(NOTE, person, { pieceId: piece.id, aboutId: note.id });
  const takenAlong = await stage.database.write(async (session) => {
    const roomId = String(piece['roomId']);
    const row = await ROOMS.findFor('delete', session, callerOf(person), roomId);
    return ROOMS.delete(session, null, row, FREE);
  });
  expect(takenAlong).toEqual({ museum_pieces: 1, museum_notes: 2 });
});
