/** Databases for tests: copies of a migrated one, on the server that `DATABASE_URL` names. */

import { randomBytes } from 'node:crypto';

import { dropAll, onServer, urlOf } from '../../tools/on-server.ts';
import { migrate } from './migrating.ts';

const PREFIX = 'TEST_DATABASES';

/** Migrate the database that others are copied from; `remove` takes all of them away. */
export async function prepare(): Promise<{
  variables: Record<string, string>;
  remove: () => Promise<void>;
}> {
  const url = process.env['DATABASE_URL'] ?? '';
  const prefix = `${new URL(url).pathname.slice(1)}_${randomBytes(4).toString('hex')}`;
  await onServer(url, async (server) => server.create(`${prefix}_template`));
  await migrate(urlOf(url, `${prefix}_template`));
  const remove = async () => onServer(url, async (server) => dropAll(server, `${prefix}_`));
  return { variables: { [PREFIX]: prefix, TEST_SERVER: url }, remove };
}

/** Return the URL of the database of one process of tests. */
export async function databaseOf(worker: string): Promise<string> {
  const { TEST_SERVER: url = '', [PREFIX]: prefix = '' } = process.env;
  const name = `${prefix}_${worker}`;
  await onServer(url, async (server) => {
    const known = await server.databases(name);
    if (!known.includes(name)) await server.create(name, `${prefix}_template`);
  });
  return urlOf(url, name);
}
