/** An empty database for a while, on the server of the database in use. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const PROGRAM = join(import.meta.dirname, 'scratch-database.ts');

/** Does `work` with the URL of a database of its own; returns whether there was one. */
export async function withScratchDatabase(
  url: string,
  work: (url: string) => Promise<void>,
): Promise<boolean> {
  const keeper = spawn(process.execPath, [PROGRAM, url, 'scratch'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const over = once(keeper, 'exit');
  try {
    const said: unknown[] = await once(createInterface(keeper.stdout), 'line');
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as it announces it
    const { scratch } = JSON.parse(String(said[0])) as { scratch?: string };
    if (scratch === undefined) return false;
    await work(scratch);
    return true;
  } finally {
    keeper.stdin.end();
    await over;
  }
}
