/** How dbmate is called, which runs the migrations. */

import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

import { resolveBinary } from 'dbmate';

import { dbmateUrl } from './dbmate-url.ts';

/** Where migrations are. */
export const MIGRATIONS = join(import.meta.dirname, '..', 'migrations');

/** Runs one of dbmate's commands on the database at `url`; what it says goes to `output`. */
export function dbmate(
  url: string,
  command: string,
  output: 'inherit' | 'pipe' = 'inherit',
): string {
  const options = ['--url', dbmateUrl(url), '--migrations-dir', MIGRATIONS, '--no-dump-schema'];
  return execFileSync(resolveBinary(), [...options, command], {
    stdio: ['ignore', output, 'inherit'],
    encoding: 'utf8',
  });
}

/** Returns how many migrations the database at `url` has had. */
export function applied(url: string): number {
  return Number(/Applied: (\d+)/.exec(dbmate(url, 'status', 'pipe'))?.[1]);
}
