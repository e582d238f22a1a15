/**
 * Keep empty databases on a server until they are let go, then drop them:
 * `node tools/scratch-database.ts SERVER_URL PURPOSE...`. The names are new ones.
 *
 * What was made is announced in one line of JSON; standard input is closed to let go of it.
 */

import { randomBytes } from 'node:crypto';

import { dropAll, onServer, urlOf } from './on-server.ts';
import type { Server } from './server.ts';

const [url = '', ...purposes] = process.argv.slice(2);
const prefix = `verify_${randomBytes(4).toString('hex')}_`;

async function keep(server: Server): Promise<void> {
  for (const purpose of purposes) await server.create(prefix + purpose);
  const urls = Object.fromEntries(purposes.map((each) => [each, urlOf(url, prefix + each)]));
  console.log(JSON.stringify({ version: await server.version(), ...urls }));
  await released();
  await dropAll(server, prefix);
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
  await onServer(url, keep);
} catch (error) {
  console.log(JSON.stringify({ error: String(error).split('\n')[0] }));
}
process.exit();
