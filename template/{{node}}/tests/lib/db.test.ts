/** Units of work: done whole or not at all, again where that helps, and no longer than they may. */

import { sql } from 'drizzle-orm';
import { uuidv7 } from 'uuidv7';
import { describe, expect, vi } from 'vitest';

import { getSettings } from '../../src/lib/config.ts';
import { currentContext, inContext } from '../../src/lib/context.ts';
import { stamps } from '../../src/lib/contract/fields/times.ts';
import { Database, type Session } from '../../src/lib/db.ts';
import { isTransient, isUnavailable } from '../../src/lib/dialect.ts';
import { compile, type Statement, StatementCache } from '../../src/lib/statement.ts';
import { users } from '../../src/tables/user.ts';
import { test } from '../support/test.ts';

vi.mock(import('../../src/lib/dialect.ts'), async (original) => {
  const dialect = await original();
  const judged = {
    isTransient: vi.fn<typeof dialect.isTransient>(dialect.isTransient),
    isUnavailable: vi.fn<typeof dialect.isUnavailable>(dialect.isUnavailable),
  };
  return { ...dialect, ...judged };
});

const UNAVAILABLE = { code: 'SERVICE_UNAVAILABLE' };

async function makeUser(session: Session): Promise<void> {
  const id = uuidv7();
  const account = { id, email: `${id}@example.com`, emailVerified: false, version: 1 };
  await session.changed(session.db.insert(users).values({ ...account, ...stamps() }));
}

async function countUsers(database: Database): Promise<number> {
  return database.read(async ({ db }) => (await db.select().from(users)).length);
}

/** Runs `work` in a request whose time `deadline` ends. */
async function until<T>(deadline: AbortSignal, work: () => Promise<T>): Promise<T> {
  return inContext({ ...currentContext(), deadline }, work);
}

describe('a unit of work', () => {
  test('that throws changes nothing, and tells nobody', async ({ database }) => {
    const told = vi.fn<() => void>();
    const work = database.write(async (session) => {
      session.onCommit(told);
      await makeUser(session);
      throw new RangeError('a mistake');
    });
    await expect(work).rejects.toThrow(RangeError);
    expect([await countUsers(database), told.mock.calls]).toEqual([0, []]);
  });

  test('is done again where it met another, and counts once', async ({ database }) => {
    const work = vi.fn<typeof makeUser>(makeUser).mockImplementationOnce(async (session) => {
      await makeUser(session);
      vi.mocked(isTransient).mockReturnValueOnce(true);
      throw new Error('a deadlock');
    });
    await database.write(work);
    expect([await countUsers(database), work.mock.calls.length]).toEqual([1, 2]);
  });

  test('503 where it always meets another', async ({ database }) => {
    const work = vi.fn<() => Promise<never>>(async () => {
      vi.mocked(isTransient).mockReturnValueOnce(true);
      throw new Error('a deadlock');
    });
    await expect(database.write(work)).rejects.toMatchObject(UNAVAILABLE);
    expect(work).toHaveBeenCalledTimes(4);
  });

  test('503 where the database takes no work', async ({ database }) => {
    const work = database.write(async () => {
      vi.mocked(isUnavailable).mockReturnValueOnce(true);
      throw new Error('the disk is full');
    });
    await expect(work).rejects.toMatchObject(UNAVAILABLE);
  });

  test('503 and undone where its time is over', async ({ database }) => {
    const time = new AbortController();
    const work = until(time.signal, async () =>
      database.write(async (session) => {
        await makeUser(session);
        time.abort();
      }),
    );
    await expect(work).rejects.toMatchObject(UNAVAILABLE);
    expect(await countUsers(database)).toBe(0);
  });

  test('503 where no connection is free in time', async () => {
    const database = new Database({ ...getSettings(), databasePoolSize: 1 });
    const [time, done] = [new AbortController(), Promise.withResolvers<undefined>()];
    const first = database.write(async () => done.promise);
    const second = until(time.signal, async () => database.write(makeUser));
    const third = database.write(async () => 'its turn');
    time.abort();
    await expect(second).rejects.toMatchObject(UNAVAILABLE);
    done.resolve(undefined);
    expect([await first, await third]).toEqual([undefined, 'its turn']);
    await database.close();
  });
});

describe('statements', () => {
  test('need all that they are about', async ({ database }) => {
    const statement = compile(sql`select ${sql.placeholder('nothing')}`, []);
    const work = database.read(async (session) => session.rows(statement, {}));
    await expect(work).rejects.toThrow('the statement needs nothing');
  });

  test('are as many as there may be', async ({ database }) => {
    const known = new StatementCache();
    const number = { mapFromDriverValue: Number };
    const make = (at: number) =>
      vi.fn<() => Statement>(() => compile(sql`select ${sql.raw(String(at))}`, [number]));
    for (let at = 0; at < 600; at += 1) {
      const statement = known.get(String(at), make(at));
      const [row] = await database.read(async (session) => session.rows(statement, {}));
      expect(row).toEqual([at]);
    }
    const [latest, oldest] = [make(599), make(0)];
    known.get('599', latest);
    known.get('0', oldest);
    expect([latest.mock.calls.length, oldest.mock.calls.length]).toEqual([0, 1]);
  });
});
