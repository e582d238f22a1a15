/** Migrates the database of the environment: `up`, `down` by one, or `reset` to nothing. */

import { parseArgs } from 'node:util';

import { getSettings } from '../src/lib/config.ts';
import { applied, dbmate } from './dbmate.ts';

const USAGE = 'Say what to do: node tools/migrate.ts up | down | reset';

const { positionals } = parseArgs({ allowPositionals: true });
const url = getSettings().databaseUrl;
switch (positionals[0]) {
  case 'up':
    dbmate(url, 'migrate');
    break;
  case 'down':
    dbmate(url, 'rollback');
    break;
  case 'reset':
    for (let left = applied(url); left > 0; left -= 1) dbmate(url, 'rollback');
    break;
  default:
    console.error(USAGE);
    process.exitCode = 1;
}
