/** Compares the migrated database of the environment with the tables; the status is 1 if they differ. */

import { getSettings } from '../src/lib/config.ts';
import { schemaFaults } from './schema-faults.ts';

const faults = await schemaFaults(getSettings().databaseUrl);
for (const fault of faults) console.error(fault);
if (faults.length > 0) process.exitCode = 1;
else console.log('Tables and schema agree.');
