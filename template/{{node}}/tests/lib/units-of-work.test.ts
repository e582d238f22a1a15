/** One transaction a unit of work: all of it or nothing, and again where others were in the way. */

import { count } from 'drizzle-orm';
import { uuidv7 } from 'uuidv7';
import { afterAll, afterEach, expect, test } from 'vitest';

import { getSettings } from '../../src/lib/config.ts';
import { inContext } from '../../src/lib/context.ts';
import { stamps } from '../../src/lib/contract/fields/times.ts';
import { Database, type Session } from '../../src/lib/db.ts';
import { ApiError } from '../../src/lib/errors.ts';
import { users } from '../../src/tables/user.ts';
import { empty } from '../support/emptying.ts';

const CROWD = 100;
const RETRIES = 3;
const database = new Database(getSettings());

afterEach(async () => empty(database));
afterAll(async () => database.close());

/** A conflict of two transactions in the words of every database. */
function deadlock(): Error {
  const words = {
    errno: 1213,
    code: process.env['DATABASE_URL']?.startsWith('sqlite') ? 'SQLITE_BUSY' : '40P01',
  };
  return new Error('wrapped', { cause: Object.assign(new Error('deadlock'), words) });
}

async function insertUser(session: Session): Promise<void> {
  const id = uuidv7();
  const row = { id, email: `${id}@example.com`, emailVerified: false, version: 1, ...stamps() };
  expect(await session.changed(session.db.insert(users).values(row))).toBe(1);
}

async function counted(): Promise<number> {
  const [row] = await database.read(async (session) =>
    session.db.select({ rows: count() }).from(users),
  );
  return row?.rows ?? 0;
}

/** Writes a row and fails as often as `times` says; returns how often that was tried. */
async function troubled(times: number, error: Error): Promise<number> {
  let attempts = 0;
  await database.write(async (session) => {
    attempts += 1;
    await insertUser(session);
    if (attempts <= times) throw error;
  });
  return attempts;
}

test('what is done is committed', async () => {
  expect(await troubled(0, deadlock())).toBe(1);
  expect(await counted()).toBe(1);
});

test('a deadlock is tried again, without what the attempts before had written', async () => {
  expect(await troubled(RETRIES, deadlock())).toBe(RETRIES + 1);
  expect(await counted()).toBe(1);
});

test('an endless deadlock is a 503', async () => {
  await expect(troubled(99, deadlock())).rejects.toMatchObject({ status: 503 });
  expect(await counted()).toBe(0);
});

test.for([new ApiError('CONFLICT'), new TypeError('a mistake')])(
  '%s undoes all of it',
  async (error) => {
    await expect(troubled(1, error)).rejects.toBe(error);
    expect(await counted()).toBe(0);
  },
);

test('nobody reads what is not committed', async () => {
  await database.write(async (session) => {
    await insertUser(session);
    expect(await counted()).toBe(0);
  });
  expect(await counted()).toBe(1);
});

test('actions wait for the commit, and come to nothing without one', async () => {
  const done: string[] = [];
  await database.write(async (session) => {
    session.onCommit(() => done.push('committed'));
    expect(done).toEqual([]);
  });
  const failing = database.write(async (session) => {
    session.onCommit(() => done.push('undone'));
    throw new ApiError('CONFLICT');
  });
  await expect(failing).rejects.toThrow(ApiError);
  expect(done).toEqual(['committed']);
});

test('a crowd on a small pool is slow, never stuck', async () => {
  const visits = Array.from({ length: CROWD }, async () => {
    await database.write(insertUser);
    return counted();
  });
  expect(await Promise.all(visits)).toHaveLength(CROWD);
  expect(await counted()).toBe(CROWD);
});

test('who cannot be served before the deadline gets a 503', async () => {
  const context = {
    requestId: null,
    client: null,
    callerId: null,
    secondsLeft: () => 0,
    extendDeadline: () => undefined,
  };
  const late = inContext({ ...context, deadline: AbortSignal.abort() }, () =>
    database.write(insertUser),
  );
  await expect(late).rejects.toMatchObject({ status: 503 });
  expect(await counted()).toBe(0);
});

test('a deadline that passes before the commit undoes all of it', async () => {
  const controller = new AbortController();
  const context = {
    requestId: null,
    client: null,
    callerId: null,
    secondsLeft: () => 0,
    extendDeadline: () => undefined,
  };
  const late = inContext({ ...context, deadline: controller.signal }, () =>
    database.write(async (session) => {
      await insertUser(session);
      controller.abort();
    }),
  );
  await expect(late).rejects.toMatchObject({ status: 503 });
  expect(await counted()).toBe(0);
  await database.write(insertUser);
  expect(await counted()).toBe(1);
});
