/** Example rows can be made, once. */

import { expect } from 'vitest';

import type { Database } from '../src/lib/db.ts';
import { FACTORIES } from './factories/index.ts';
import { EMAIL, PASSWORD, seed } from './support/example-rows.ts';
import { logIn } from './support/log-in.ts';
import { test } from './support/test.ts';

/** Returns how many rows each resource has. */
async function counts(database: Database): Promise<number[]> {
  const tables = Object.values(FACTORIES).map(({ table }) => table);
  return database.read(async ({ db }) =>
    Promise.all(tables.map(async (table) => db.$count(table))),
  );
}

test('example rows are made once, and their owner can log in', async ({ client, database }) => {
  expect(await seed(database)).toContain(PASSWORD);
  const made = await counts(database);
  expect(made.every((count) => count > 0)).toBe(true);
  expect(await seed(database)).toContain('nothing was made');
  expect(await counts(database)).toEqual(made);
  expect((await logIn(client, EMAIL, PASSWORD)).status).toBe(200);
});
