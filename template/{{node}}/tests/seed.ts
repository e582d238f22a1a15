/** Fills the database that the environment names with example rows: `make seed`. */

import { ConfigurationError, getSettings } from '../src/lib/config.ts';
import { Database } from '../src/lib/db.ts';
import { seed } from './support/example-rows.ts';

try {
  console.log(await main());
} catch (error) {
  if (!(error instanceof ConfigurationError)) {
    throw error;
  }
  console.error(error.message);
  process.exitCode = 1;
}

async function main(): Promise<string> {
  const settings = getSettings();
  if (settings.isProduction) {
    return 'Nothing was made: example rows and a known password do not belong in production.';
  }
  const database = new Database(settings);
  try {
    return await seed(database);
  } finally {
    await database.close();
  }
}
