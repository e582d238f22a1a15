/** What a delete changes elsewhere: rows that lose a reference or a link get a new version. */

import { type Column, getTableName, inArray, type SQL, sql } from 'drizzle-orm';

import type { AnyTable } from '../columns.ts';
import type { Session } from '../db.ts';
import { FOR_UPDATE } from '../dialect.ts';
import { compile } from '../statement.ts';
import { now } from './fields/times.ts';
import type { Row } from './pages.ts';
import {
  attributeOf,
  columnOf,
  columnsOf,
  type Reference,
  referencesTo,
  tableOf,
  targetOf,
} from './tables.ts';

const BATCH = 500;

/** The rows that a delete takes, and how many of each table go along with the first ones. */
interface Going {
  readonly ids: Set<string>;
  readonly takenAlong: Record<string, number>;
}

/**
 * Empties the references to rows that are about to go, and raises their holders' versions.
 *
 * Rows that the delete takes along are followed to those that refer to them; returned is how many
 * they are, by the names of their tables. All are locked: nobody refers to them anew.
 */
export async function raiseVersions(
  session: Session,
  table: AnyTable,
  ids: readonly string[],
): Promise<Readonly<Record<string, number>>> {
  const going: Going = { ids: new Set(), takenAlong: {} };
  if (referencesTo(table).length > 0) {
    const id = columnOf(table, 'id');
    await lock(session, id, inArray(id, [...ids]));
    await followRows(session, table, ids, going);
  }
  return going.takenAlong;
}

/** Follows rows to those that refer to them, each once, also where they stand in a ring. */
async function followRows(
  session: Session,
  table: AnyTable,
  ids: readonly string[],
  going: Going,
): Promise<void> {
  const fresh = ids.filter((id) => !going.ids.has(id));
  for (const id of fresh) going.ids.add(id);
  for (let start = 0; start < fresh.length; start += BATCH) {
    for (const reference of referencesTo(table)) {
      await follow(session, reference, fresh.slice(start, start + BATCH), going);
    }
  }
}

async function follow(
  session: Session,
  { column, onDelete }: Reference,
  ids: string[],
  going: Going,
): Promise<void> {
  const table = tableOf(column);
  const holds = inArray(column, ids);
  if (!('version' in columnsOf(table))) {
    await unlink(session, table, column, holds);
  } else if (onDelete === 'set null') {
    await touch(session, table, holds, { [attributeOf(column)]: null });
  } else if (onDelete === 'cascade') {
    const found = await lock(session, columnOf(table, 'id'), holds);
    const taken = found.filter((id) => !going.ids.has(id));
    const name = getTableName(table);
    if (taken.length > 0) going.takenAlong[name] = (going.takenAlong[name] ?? 0) + taken.length;
    await followRows(session, table, taken, going);
  }
}

/** Raises the versions of rows that list what goes: the first key of a link is the lister's. */
async function unlink(
  session: Session,
  table: AnyTable,
  column: Column,
  holds: SQL,
): Promise<void> {
  const [left, right] = Object.values(columnsOf(table));
  const lister = left && targetOf(left);
  if (!left || !lister || column !== right || 'createdAt' in columnsOf(table)) return;
  const listing = await session.rows(
    compile(sql`select distinct ${left} from ${table} where ${holds}`, [left]),
    {},
  );
  const ids = listing.map(([id]) => id);
  if (ids.length > 0) await touch(session, lister, inArray(columnOf(lister, 'id'), ids), {});
}

async function touch(session: Session, table: AnyTable, which: SQL, values: Row): Promise<void> {
  const version = sql`${columnOf(table, 'version')} + 1`;
  const change = { ...values, version, updatedAt: now() };
  await session.changed(session.db.update(table).set(change).where(which));
}

/** Locks rows until the end of the transaction, and returns their ids. */
async function lock(session: Session, id: Column, which: SQL): Promise<string[]> {
  const rows = sql`select ${id} from ${id.table} where ${which}${FOR_UPDATE}`;
  const found = await session.rows(compile(rows, [id]), {});
  return found.map(([value]) => String(value));
}
