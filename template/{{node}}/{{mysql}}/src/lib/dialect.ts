/** What is particular to MySQL and MariaDB. */

import { type Column, type SQL, sql } from 'drizzle-orm';
import { MySqlDialect } from 'drizzle-orm/mysql-core';
import { causesOf } from './causes.ts';
import type { AnyTable } from './columns.ts';
import { type Broken, constrainedColumns } from './contract/tables.ts';

/** Turns queries into text. */
export const dialect = new MySqlDialect();

/** Whether `(a, b) < (c, d)` is a range of an index: it is right, but none. */
export const COMPARES_ROW_VALUES = false;
export const NULL_IS_LARGEST = false;
/** What locks the rows of a query until the end of the transaction. */
export const FOR_UPDATE: SQL = sql` for update`;
export const REGEXP: SQL = sql` regexp `;

const TRANSIENT = new Set([1205, 1213]);
/** Too many connections, stopping. */
const UNAVAILABLE = new Set([1040, 1053, 1203]);
const KINDS: Readonly<Record<number, Broken['kind']>> = {
  1062: 'unique',
  1452: 'foreign_key',
  1451: 'foreign_key',
  3819: 'check',
  4025: 'check',
  1048: 'check',
};
const NAME = /for key '(?:[^'.]+\.)?([^']+)'|CONSTRAINT `([^`]+)`/;

/** Returns whether the same unit of work may succeed when it is tried again. */
export function isTransient(error: unknown): boolean {
  return causesOf(error).some(({ errno }) => TRANSIENT.has(Number(errno)));
}

/** Returns whether the server takes no work now, though it may soon. */
export function isUnavailable(error: unknown): boolean {
  return causesOf(error).some(({ errno }) => UNAVAILABLE.has(Number(errno)));
}

/** Returns which constraint of `table` the error speaks of; null where it is of another kind. */
export function explain(error: unknown, table?: AnyTable): Broken | null {
  const found = causesOf(error).find(({ errno }) => Number(errno) in KINDS);
  const kind = found && KINDS[Number(found.errno)];
  if (!kind) return null;
  const [, unique, key] = NAME.exec(found.message) ?? [];
  return { kind, columns: table === undefined ? [] : constrainedColumns(table, unique ?? key) };
}

/**
 * Returns `parameter`, a value of `column`, such that the two compare exactly.
 *
 * A text is compared with a decimal as a double.
 */
export function typed(parameter: SQL, column: Column): SQL {
  const type = column.getSQLType();
  return type.startsWith('decimal') ? sql`cast(${parameter} as ${sql.raw(type)})` : parameter;
}
