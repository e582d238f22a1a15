/** Runs before each file of tests, before the service is imported: the environment is complete. */

import { databaseOf } from './scratch.ts';

Object.assign(process.env, {
  APP_ENV: 'test',
  LOG_LEVEL: 'error',
  RATE_LIMIT: 'off',
  AUTH_RATE_LIMIT: 'off',
  DATABASE_URL: await databaseOf(process.env['VITEST_POOL_ID'] ?? '1'),
});
