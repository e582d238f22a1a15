/**
 * Keep empty databases on a server until they are let go, then drop them:
 * `node tools/scratch-database.ts SERVER_URL PURPOSE...`. The names are new ones.
 *
 * What was made is announced in one line of JSON; standard input is closed to let go of it.
 */

import { randomBytes } from 'node:crypto';

import { type Connection, createConnection, type RowDataPacket } from 'mysql2/promise';

const [server = '', ...purposes] = process.argv.slice(2);
const prefix = `verify_${randomBytes(4).toString('hex')}_`;

function urlOf(purpose: string): string {
  const url = new URL(server);
  url.pathname = `/${prefix}${purpose}`;
  return url.href;
}

async function create(connection: Connection): Promise<string> {
  for (const purpose of purposes) {
    await connection.query(`CREATE DATABASE \`${prefix}${purpose}\` CHARACTER SET utf8mb4`);
  }
  const [rows] = await connection.query<RowDataPacket[]>('SELECT version() AS version');
  const [number, variant = ''] = String(rows[0]?.['version']).split(/-(.*)/s);
  return `${variant.includes('MariaDB') ? 'MariaDB' : 'MySQL'} ${number ?? ''}`;
}

async function drop(connection: Connection): Promise<void> {
  const [rows] = await connection.query<RowDataPacket[]>(
    'SELECT schema_name AS name FROM information_schema.schemata',
  );
  const names = rows.map((row) => String(row['name']));
  for (const name of names.filter((each) => each.startsWith(prefix))) {
    await connection.query(`DROP DATABASE \`${name}\``);
  }
}

async function released(): Promise<void> {
  await new Promise<void>((resolve) => {
    process.stdin.on('end', resolve).on('error', resolve).resume();
    process.on('SIGTERM', resolve);
    for (const signal of ['SIGINT', 'SIGHUP']) {
      process.on(signal, () => undefined);
    }
  });
}

try {
  const connection = await createConnection({ uri: server, connectTimeout: 5000 });
  const version = await create(connection);
  const urls = Object.fromEntries(purposes.map((purpose) => [purpose, urlOf(purpose)]));
  console.log(JSON.stringify({ version, ...urls }));
  await released();
  await drop(connection);
} catch (error) {
  console.log(JSON.stringify({ error: String(error).split('\n')[0] }));
}
process.exit();
