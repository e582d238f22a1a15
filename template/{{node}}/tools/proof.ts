/** Whether migrations lead up, down and up again to what the tables say. */

import { getSettings } from '../src/lib/config.ts';
import { dbmate } from './dbmate.ts';
import { schemaFaults } from './schema-faults.ts';
import { withScratchDatabase } from './scratch.ts';

/** Runs every migration on a database of its own; returns what can be said of them. */
export async function proven(): Promise<string> {
  const isProven = await withScratchDatabase(getSettings().databaseUrl, async (url) => {
    for (const command of ['migrate', 'rollback', 'migrate']) dbmate(url, command, 'pipe');
    const faults = await schemaFaults(url);
    if (faults.length > 0) throw new Error(`tables and schema differ:\n${faults.join('\n')}`);
  });
  return isProven ? 'Written and run up, down, up' : 'Written, but not run: no database answers';
}
