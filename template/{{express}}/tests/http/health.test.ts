import { afterAll, beforeAll, expect, test } from 'vitest';

import { codeOf, type Serving, serving } from '../support/serving.ts';

let service: Serving;
beforeAll(async () => {
  service = await serving();
});
afterAll(async () => service[Symbol.asyncDispose]());

async function execute(text: string): Promise<void> {
  const statement = { toSQL: () => ({ sql: text, params: [] }) };
  await service.service.database.write(async (session) => session.changed(statement));
}

/** Ask whether the service is ready after `change`, which `undo` takes back. */
async function readyAfter(change: string, undo: string): Promise<Response> {
  await execute(change);
  try {
    return await service.ask('/readyz');
  } finally {
    await execute(undo);
  }
}

test.each(['/healthz', '/readyz'])('%s of a service with its database: 200', async (path) => {
  const answer = await service.ask(path);
  expect([answer.status, await answer.json()]).toEqual([200, { status: 'ok' }]);
});

test.each([
  ['a migration that is missing', "delete from schema_migrations where version = '0001'"],
  ['one that is not known', "insert into schema_migrations (version) values ('9999')"],
])('%s: 503', async (_what, change) => {
  const undo = change.startsWith('delete')
    ? "insert into schema_migrations (version) values ('0001')"
    : "delete from schema_migrations where version = '9999'";
  const answer = await readyAfter(change, undo);
  expect([answer.status, await codeOf(answer)]).toEqual([503, 'SERVICE_UNAVAILABLE']);
  expect((await service.ask('/readyz')).status).toBe(200);
});

test('a database that was never migrated: 503; the process lives all the same', async () => {
  const [table, other] = ['schema_migrations', 'other_migrations'];
  await execute(`alter table ${table} rename to ${other}`);
  try {
    expect((await service.ask('/readyz')).status).toBe(503);
    expect((await service.ask('/healthz')).status).toBe(200);
  } finally {
    await execute(`alter table ${other} rename to ${table}`);
  }
});
