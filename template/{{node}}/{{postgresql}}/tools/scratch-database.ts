/**
 * Keep empty databases on a server until they are let go, then drop them:
 * `node tools/scratch-database.ts SERVER_URL PURPOSE...`. The names are new ones.
 *
 * What was made is announced in one line of JSON; standard input is closed to let go of it.
 */

import { randomBytes } from 'node:crypto';

import postgres from 'postgres';

const [server = '', ...purposes] = process.argv.slice(2);
const prefix = `verify_${randomBytes(4).toString('hex')}_`;

function urlOf(purpose: string): string {
  const url = new URL(server);
  url.pathname = `/${prefix}${purpose}`;
  return url.href;
}

async function create(sql: postgres.Sql): Promise<string> {
  for (const purpose of purposes) {
    await sql.unsafe(`CREATE DATABASE "${prefix}${purpose}" TEMPLATE template0`);
  }
  const [said] = await sql`SELECT version() AS version`;
  return String(said?.['version']).split(' ').slice(0, 2).join(' ');
}

async function drop(sql: postgres.Sql): Promise<void> {
  const found = await sql`SELECT datname AS name FROM pg_database`;
  for (const { name } of found) {
    if (String(name).startsWith(prefix)) {
      await sql.unsafe(`DROP DATABASE "${String(name)}" WITH (FORCE)`);
    }
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

const sql = postgres(server, { max: 1, connect_timeout: 5, onnotice: () => undefined });
try {
  const version = await create(sql);
  const urls = Object.fromEntries(purposes.map((purpose) => [purpose, urlOf(purpose)]));
  console.log(JSON.stringify({ version, ...urls }));
  await released();
  await drop(sql);
} catch (error) {
  console.log(JSON.stringify({ error: String(error).split('\n')[0] }));
} finally {
  await sql.end({ timeout: 1 });
}
process.exit();
