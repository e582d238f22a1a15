/** Databases for tests: files that are copies of a migrated one. */

import { existsSync } from 'node:fs';
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { migrate } from './migrating.ts';

const FOLDER = 'TEST_DATABASES';

/** Migrate the file that others are copied from; `remove` takes all of them away. */
export async function prepare(): Promise<{
  variables: Record<string, string>;
  remove: () => Promise<void>;
}> {
  const folder = await mkdtemp(path.join(tmpdir(), 'databases-'));
  await migrate(`sqlite:///${path.join(folder, 'template.db')}`);
  return {
    variables: { [FOLDER]: folder },
    remove: async () => rm(folder, { recursive: true, force: true }),
  };
}

/** Return the URL of the database of one process of tests. */
export async function databaseOf(worker: string): Promise<string> {
  const folder = process.env[FOLDER] ?? '';
  const file = path.join(folder, `${worker}.db`);
  if (!existsSync(file)) {
    await copyFile(path.join(folder, 'template.db'), file);
  }
  return `sqlite:///${file}`;
}
