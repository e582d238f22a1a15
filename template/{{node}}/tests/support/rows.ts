/** Rows straight in the database, so that no rule and no endpoint stands in the way. */

import { asc, sql } from 'drizzle-orm';
import { uuidv7 } from 'uuidv7';

import { stamps } from '../../src/lib/contract/fields/times.ts';
import { addLinks, readLinks } from '../../src/lib/contract/links.ts';
import type { Row } from '../../src/lib/contract/pages.ts';
import { columnOf } from '../../src/lib/contract/tables.ts';
import { insertRow } from '../../src/lib/contract/writes.ts';
import type { Session } from '../../src/lib/db.ts';
import { compile } from '../../src/lib/statement.ts';
import { users } from '../../src/tables/user.ts';
import { type Factory, fresh, isOwned, without } from './factory.ts';
import { factoryOf } from './known.ts';

/** A row whose id is known. */
export type StoredRow = Row & { readonly id: string };

/**
 * Inserts a row with new values that `ownerId` owns, and those that it needs, owned by `aboveId`.
 *
 * What is `given` stands instead; links are empty without.
 */
export async function storeRow(
  session: Session,
  factory: Factory,
  ownerId: string,
  aboveId = ownerId,
  given: Row = {},
): Promise<StoredRow> {
  const owner = isOwned(factory) ? { ownerId } : {};
  const related: Row = {};
  for (const [name, { target, isRequired }] of Object.entries(factory.relations)) {
    if (!(name in given)) {
      related[name] = isRequired ? await storeTarget(session, target, aboveId) : null;
    }
  }
  const own = { id: uuidv7(), ...owner, ...stamps(), version: 1 };
  const linked = Object.fromEntries(Object.keys(factory.links).map((name) => [name, []]));
  const row = { ...fresh(factory), ...related, ...linked, ...given, ...own };
  await insertRow(session, factory.table, without(row, Object.keys(factory.links)));
  for (const [name, link] of Object.entries(factory.links)) {
    await addLinks(session, name, link, row.id, idsOf(row, name));
  }
  return row;
}

function idsOf(row: Row, name: string): string[] {
  const ids = row[name];
  return Array.isArray(ids) ? ids.map(String) : [];
}

/** Inserts a row that others can refer to, or an account, and returns its id. */
export async function storeTarget(
  session: Session,
  target: string,
  ownerId: string,
): Promise<string> {
  const factory = factoryOf(target);
  if (factory !== undefined) return (await storeRow(session, factory, ownerId)).id;
  const id = uuidv7();
  const account = { id, email: `${id}@example.com`, emailVerified: false };
  await insertRow(session, users, { ...account, ...stamps(), version: 1 });
  return id;
}

/** Returns all rows that the database holds, the oldest first; internal fields apart. */
export async function readRows(session: Session, factory: Factory): Promise<StoredRow[]> {
  const known = new Set(['id', ...factory.members, ...Object.keys(factory.values(0))]);
  const attributes = [...known].filter((name) => !(name in factory.links));
  const columns = attributes.map((name) => columnOf(factory.table, name));
  const id = columnOf(factory.table, 'id');
  const all = sql`select ${sql.join(columns, sql`, `)} from ${factory.table} order by ${asc(id)}`;
  const found = await session.rows(compile(all, columns), {});
  const rows = found.map((values) => {
    const row: Row = {};
    for (const [at, name] of attributes.entries()) row[name] = values[at];
    return Object.assign(row, { id: String(row['id']) });
  });
  for (const [name, link] of Object.entries(factory.links)) {
    const linked = await readLinks(
      session,
      link,
      rows.map((row) => row.id),
    );
    for (const row of rows) Object.assign(row, { [name]: linked.get(row.id) ?? [] });
  }
  return rows;
}
