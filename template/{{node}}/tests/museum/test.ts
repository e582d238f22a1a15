/** What tests of the museum find: as others do, in a service that has a museum alone. */

import { empty } from '../support/emptying.ts';
import { serving } from '../support/serving.ts';
import { test as base } from '../support/test.ts';
import { ROUTERS } from './routes.ts';
import { createTables, dropTables } from './schema.ts';
import { TABLES } from './tables.ts';

/** Vitest's `test`, for what calls the museum. */
export const test = base
  .extend('serving', { scope: 'file' }, async ({ mailServer }, { onCleanup }) => {
    process.env['SMTP_URL'] = mailServer.url; // before anything reads the settings
    const service = await serving({}, ...ROUTERS);
    await createTables(service.service.database, TABLES);
    onCleanup(async () => {
      await dropTables(service.service.database, TABLES);
      await service[Symbol.asyncDispose]();
    });
    return service;
  })
  .extend('database', { auto: true }, async ({ serving: { service } }, { onCleanup }) => {
    onCleanup(async () => {
      await empty(service.database, TABLES);
      await empty(service.database);
    });
    return service.database;
  });
