/** Single rows written, and what the database refuses said in the contract's words. */

import { and, eq, type SQL, sql } from 'drizzle-orm';

import type { AnyTable } from '../columns.ts';
import type { Change, Session } from '../db.ts';
import { explain } from '../dialect.ts';
import { ApiError, type Code, detail, invalid, notFound } from '../errors.ts';
import { compile } from '../statement.ts';
import { jsonName } from './casing.ts';
import { parameter } from './conditions.ts';
import { toJson } from './encoding.ts';
import type { Row } from './pages.ts';
import { type Broken, columnOf, columnsOf } from './tables.ts';

/** Returns the members of `given` that differ from `row` in JSON. */
export function changesBetween(row: Row, given: Row): Row {
  const changed = Object.entries(given).filter(([name, value]) => differ(row[name], value));
  return Object.fromEntries(changed);
}

function differ(one: unknown, other: unknown): boolean {
  return toJson(one) !== toJson(other);
}

/** Inserts `values`, by attribute; throws a 409 where one is taken, 422 where a target is gone. */
export async function insertRow(session: Session, table: AnyTable, values: Row): Promise<void> {
  await write(session, table, session.db.insert(table).values(values));
}

/**
 * Writes `changes` and raises the version, if the row is still at `version`.
 *
 * Throws `stale` where it is not, a 404 where the row is gone, and as `insertRow` does.
 */
export async function updateRow(
  session: Session,
  table: AnyTable,
  rowId: string,
  changes: Row,
  version?: unknown,
  stale: Code = 'PRECONDITION_FAILED',
): Promise<void> {
  const raised = { ...changes, version: sql`${columnOf(table, 'version')} + 1` };
  const change = session.db
    .update(table)
    .set(raised)
    .where(isAt(table, rowId, version));
  if (!(await write(session, table, change))) throw await missing(session, table, rowId, stale);
}

/**
 * Deletes a row, if it is still at `version`.
 *
 * Throws a 412 where it is not, 404 where it is gone, 409 where other rows must keep it.
 */
export async function deleteRow(
  session: Session,
  table: AnyTable,
  rowId: string,
  version?: unknown,
): Promise<void> {
  try {
    const change = session.db.delete(table).where(isAt(table, rowId, version));
    if (await session.changed(change)) return;
  } catch (error) {
    throw explain(error, table) ? new ApiError('CONFLICT', { message: 'in_use' }) : error;
  }
  throw await missing(session, table, rowId, 'PRECONDITION_FAILED');
}

function isAt(table: AnyTable, rowId: string, version: unknown): SQL | undefined {
  const isIt = eq(columnOf(table, 'id'), rowId);
  return version === undefined ? isIt : and(isIt, eq(columnOf(table, 'version'), version));
}

async function missing(
  session: Session,
  table: AnyTable,
  rowId: string,
  stale: Code,
): Promise<ApiError> {
  const id = columnOf(table, 'id');
  const byId = sql`select ${id} from ${table} where ${id} = ${parameter('row_id', id)}`;
  const found = await session.rows(compile(byId, [id]), { row_id: rowId });
  return found.length > 0 ? new ApiError(stale) : notFound();
}

async function write(session: Session, table: AnyTable, change: Change): Promise<number> {
  try {
    return await session.changed(change);
  } catch (error) {
    const broken = explain(error, table);
    throw broken ? refusal(broken, table) : error;
  }
}

/** Returns what a write is answered that broke a constraint over `broken.columns`. */
export function refusal(broken: Broken, table: AnyTable): ApiError {
  const columns = Object.entries(columnsOf(table));
  const named = columns.filter(([, column]) => broken.columns.includes(column.name));
  const fields = named.map(([name]) => name).filter((name) => name !== 'ownerId');
  const [first] = fields;
  if (broken.kind === 'foreign_key' && first !== undefined)
    return invalid(jsonName(first), 'relation');
  const details = fields.map((field) => detail(jsonName(field), 'taken'));
  return new ApiError('CONFLICT', { details });
}
