/** An empty database for a while. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Does `work` with the URL of a database of its own; returns whether there was one. */
export async function withScratchDatabase(
  _url: string,
  work: (url: string) => Promise<void>,
): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), 'scratch-'));
  try {
    await work(`sqlite:///${join(folder, 'scratch.db')}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return true;
}
