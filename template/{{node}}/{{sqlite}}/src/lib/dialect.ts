/** What is particular to SQLite. */

import { type Column, type SQL, sql } from 'drizzle-orm';
import { SQLiteSyncDialect } from 'drizzle-orm/sqlite-core';
import { causesOf } from './causes.ts';
import type { AnyTable } from './columns.ts';
import type { Broken } from './contract/tables.ts';

/** Turns queries into text. */
export const dialect = new SQLiteSyncDialect();

/** Whether `(a, b) < (c, d)` is a range of an index. */
export const COMPARES_ROW_VALUES = true;
export const NULL_IS_LARGEST = false;
/** What locks the rows of a query until the end of the transaction: here all is locked anyway. */
export const FOR_UPDATE: SQL = sql``;
export const REGEXP: SQL = sql` regexp `;

/** Returns whether the same unit of work may succeed when it is tried again. */
export function isTransient(error: unknown): boolean {
  return codesOf(error).some((code) => /^SQLITE_(BUSY|LOCKED)/.test(code));
}

/** Returns whether the database takes no work now, though it may soon. */
export function isUnavailable(error: unknown): boolean {
  return codesOf(error).some((code) => /^SQLITE_(FULL|IOERR|CANTOPEN)/.test(code));
}

/** Returns which constraint `error` speaks of; null where it is of another kind. */
export function explain(error: unknown, _table?: AnyTable): Broken | null {
  const found = causesOf(error).find(({ code }) => String(code).startsWith('SQLITE_CONSTRAINT'));
  if (!found) return null;
  if (/UNIQUE|PRIMARYKEY/.test(String(found.code))) {
    const columns = [...found.message.matchAll(/\.([^,]+)/g)].map(([, column = '']) => column);
    return { kind: 'unique', columns };
  }
  const kind = found.code === 'SQLITE_CONSTRAINT_FOREIGNKEY' ? 'foreign_key' : 'check';
  return { kind, columns: [] };
}

const codesOf = (error: unknown) => causesOf(error).map(({ code }) => String(code));

/** Returns `parameter`, a value of `column`, such that the two compare exactly. */
export function typed(parameter: SQL, _column: Column): SQL {
  return parameter;
}
