/** Example rows can be made, once. */

import { expect } from 'vitest';

import { FACTORIES } from './factories/index.ts';
import { EMAIL, PASSWORD, seed } from './support/example-rows.ts';
import { logIn } from './support/log-in.ts';
import type { Stage } from './support/stage.ts';
import { test } from './support/test.ts';

/** Returns how many rows each resource has. */
async function counts(stage: Stage): Promise<number[]> {
  const factories = Object.values(FACTORIES);
  return Promise.all(factories.map(async (factory) => (await stage.rows(factory)).length));
}

test('example rows are made once, and their owner can log in', async ({ stage }) => {
  expect(await seed(stage.database)).toContain(PASSWORD);
  const made = await counts(stage);
  expect(made.every((count) => count > 0)).toBe(true);
  expect(await seed(stage.database)).toContain('nothing was made');
  expect(await counts(stage)).toEqual(made);
  expect((await logIn(stage.anonymous, EMAIL, PASSWORD)).status).toBe(200);
});
