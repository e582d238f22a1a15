/** A database that goes away and comes back, without anybody's help. */

import { sql } from 'drizzle-orm';
import { onTestFinished, expect, test } from 'vitest';

import { getSettings } from '../../src/lib/config.ts';
import { inContext } from '../../src/lib/context.ts';
import { Database } from '../../src/lib/db.ts';
import { compile } from '../../src/lib/statement.ts';
import { Network } from '../support/network.ts';

const SECONDS = 1;
const ONE = compile(sql`select 1`, [{ mapFromDriverValue: Number }]);
const SLEEP = getSettings().databaseUrl.startsWith('mysql')
  ? 'select sleep(30)'
  : 'select pg_sleep(30)';
const ENDLESS = compile(sql.raw(SLEEP), [{ mapFromDriverValue: String }]);

async function reached(size = 3): Promise<{ database: Database; network: Network }> {
  const network = new Network(getSettings().databaseUrl);
  await network.connect();
  const settings = { ...getSettings(), databaseUrl: network.url, databasePoolSize: size };
  const database = new Database(settings);
  onTestFinished(async () => {
    await network.cut();
    await database.close();
  });
  return { database, network };
}

/** Does what a request does, which has a deadline; returns the status of its answer. */
async function request(database: Database, statement = ONE): Promise<unknown> {
  const context = {
    requestId: null,
    client: null,
    callerId: null,
    secondsLeft: () => SECONDS,
    extendDeadline: () => undefined,
  };
  const deadline = AbortSignal.timeout(SECONDS * 1000);
  return inContext({ ...context, deadline }, async () => {
    try {
      await database.write(async (session) => session.rows(statement, {}));
      return 200;
    } catch (error) {
      return error instanceof Error && 'status' in error ? error.status : error;
    }
  });
}

async function crowd(database: Database): Promise<unknown[]> {
  const answers = await Promise.all(Array.from({ length: 6 }, async () => request(database)));
  return [...new Set(answers)];
}

test('a database that was away is used again', async () => {
  const { database, network } = await reached();
  expect(await crowd(database)).toEqual([200]);
  await network.cut();
  expect(await crowd(database)).toEqual([503]);
  expect(await crowd(database)).toEqual([503]);
  await network.connect();
  expect(await crowd(database)).toEqual([200]);
});

test('connections that died meanwhile are replaced unseen', async () => {
  const { database, network } = await reached();
  expect(await crowd(database)).toEqual([200]);
  await network.cut();
  await network.connect();
  expect(await crowd(database)).toEqual([200]);
});

test('a database that is silent keeps nobody waiting', async () => {
  const { database, network } = await reached(1);
  expect(await request(database)).toBe(200);
  network.freeze();
  const began = performance.now();
  expect(await request(database)).toBe(503);
  expect(performance.now() - began).toBeLessThan(SECONDS * 1000 + 500);
  await network.cut();
  await network.connect();
  expect(await request(database)).toBe(200);
});

test('a statement that does not end is broken off; its connection is replaced', async () => {
  const { database } = await reached(1);
  expect(await request(database, ENDLESS)).toBe(503);
  expect(await request(database)).toBe(200);
});

test('a connection that is lost amid a transaction is not taken for the next one', async () => {
  const { database, network } = await reached(1);
  let attempts = 0;
  await database.write(async (session) => {
    attempts += 1;
    await session.rows(ONE, {});
    if (attempts === 1) {
      await network.cut();
      await network.connect();
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    await session.rows(ONE, {});
  });
  expect(attempts).toBe(2);
});
