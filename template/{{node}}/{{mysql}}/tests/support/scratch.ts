/** Databases for tests, each migrated, on the server that `DATABASE_URL` names. */

import { randomBytes } from 'node:crypto';

import { type Connection, createConnection, type RowDataPacket } from 'mysql2/promise';

import { migrate } from './migrating.ts';

const PREFIX = 'TEST_DATABASES';

/** Choose names that no database has; `remove` takes the databases away. */
export async function prepare(): Promise<{
  variables: Record<string, string>;
  remove: () => Promise<void>;
}> {
  const server = process.env['DATABASE_URL'] ?? '';
  const prefix = `${new URL(server).pathname.slice(1)}_${randomBytes(4).toString('hex')}`;
  return { variables: { [PREFIX]: prefix, TEST_SERVER: server }, remove };

  async function remove(): Promise<void> {
    await onServer(server, async (connection) => {
      const names = await namesLike(connection, `${prefix}_`);
      for (const name of names) {
        await connection.query(`DROP DATABASE \`${name}\``);
      }
    });
  }
}

/** Return the URL of the database of one process of tests. */
export async function databaseOf(worker: string): Promise<string> {
  const { TEST_SERVER: server = '', [PREFIX]: prefix = '' } = process.env;
  const name = `${prefix}_${worker}`;
  const url = new URL(server);
  url.pathname = `/${name}`;
  await onServer(server, async (connection) => {
    const known = await namesLike(connection, name);
    if (!known.includes(name)) {
      await connection.query(`CREATE DATABASE \`${name}\` CHARACTER SET utf8mb4`);
      await migrate(url.href);
    }
  });
  return url.href;
}

async function namesLike(connection: Connection, beginning: string): Promise<string[]> {
  const [rows] = await connection.query<RowDataPacket[]>(
    'SELECT schema_name AS name FROM information_schema.schemata',
  );
  return rows.map((row) => String(row['name'])).filter((name) => name.startsWith(beginning));
}

async function onServer(server: string, work: (connection: Connection) => Promise<void>) {
  const connection = await createConnection(server);
  try {
    await work(connection);
  } finally {
    await connection.end();
  }
}
