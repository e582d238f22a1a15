/** Databases for tests: copies of a migrated one, on the server that `DATABASE_URL` names. */

import { randomBytes } from 'node:crypto';

import postgres from 'postgres';

import { migrate } from './migrating.ts';

const PREFIX = 'TEST_DATABASES';

/** Migrate the database that others are copied from; `remove` takes all of them away. */
export async function prepare(): Promise<{
  variables: Record<string, string>;
  remove: () => Promise<void>;
}> {
  const server = process.env['DATABASE_URL'] ?? '';
  const prefix = `${new URL(server).pathname.slice(1)}_${randomBytes(4).toString('hex')}`;
  await onServer(server, async (sql) => sql.unsafe(`CREATE DATABASE "${prefix}_template"`));
  await migrate(named(server, `${prefix}_template`));
  return { variables: { [PREFIX]: prefix, TEST_SERVER: server }, remove };

  async function remove(): Promise<void> {
    await onServer(server, async (sql) => {
      const found = await sql`SELECT datname AS name FROM pg_database`;
      for (const { name } of found) {
        if (String(name).startsWith(`${prefix}_`)) {
          await sql.unsafe(`DROP DATABASE "${String(name)}" WITH (FORCE)`);
        }
      }
    });
  }
}

/** Return the URL of the database of one process of tests. */
export async function databaseOf(worker: string): Promise<string> {
  const { TEST_SERVER: server = '', [PREFIX]: prefix = '' } = process.env;
  const name = `${prefix}_${worker}`;
  await onServer(server, async (sql) => {
    const [found] = await sql`SELECT 1 FROM pg_database WHERE datname = ${name}`;
    if (found === undefined) {
      await sql.unsafe(`CREATE DATABASE "${name}" TEMPLATE "${prefix}_template"`);
    }
  });
  return named(server, name);
}

function named(server: string, database: string): string {
  const url = new URL(server);
  url.pathname = `/${database}`;
  return url.href;
}

async function onServer(server: string, work: (sql: postgres.Sql) => Promise<unknown>) {
  const sql = postgres(server, { max: 1, onnotice: () => undefined });
  try {
    await work(sql);
  } finally {
    await sql.end();
  }
}
