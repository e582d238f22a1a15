/** What is particular to PostgreSQL. */

import { type Column, type SQL, sql } from 'drizzle-orm';
import { PgDialect } from 'drizzle-orm/pg-core';
import { causesOf } from './causes.ts';
import type { AnyTable } from './columns.ts';
import { type Broken, constrainedColumns } from './contract/tables.ts';

/** Turns queries into text. */
export const dialect = new PgDialect();

/** Whether `(a, b) < (c, d)` is a range of an index. */
export const COMPARES_ROW_VALUES = true;
export const NULL_IS_LARGEST = true;
/** What locks the rows of a query until the end of the transaction. */
export const FOR_UPDATE: SQL = sql` for update`;
export const REGEXP: SQL = sql` ~ `;

const TRANSIENT = new Set(['40001', '40P01', '55P03']);
/** Classes of SQLSTATE: connection lost, out of resources, stopped or starting. */
const UNAVAILABLE = ['08', '53', '57'];
const KINDS: Readonly<Record<string, Broken['kind']>> = {
  '23505': 'unique',
  '23503': 'foreign_key',
  '23514': 'check',
  '23502': 'check',
};

/** Returns whether the same unit of work may succeed when it is tried again. */
export function isTransient(error: unknown): boolean {
  return causesOf(error).some(({ code }) => TRANSIENT.has(String(code)));
}

/** Returns whether the server takes no work now, though it may soon. */
export function isUnavailable(error: unknown): boolean {
  const codes = causesOf(error).map(({ code }) => String(code));
  return codes.some((code) => UNAVAILABLE.some((start) => code.startsWith(start)));
}

/** Returns which constraint of `table` the error speaks of; null where it is of another kind. */
export function explain(error: unknown, table?: AnyTable): Broken | null {
  const found = causesOf(error).find(({ code }) => String(code) in KINDS);
  const kind = found && KINDS[String(found.code)];
  if (!kind) return null;
  return {
    kind,
    columns: table === undefined ? [] : constrainedColumns(table, String(found.constraint_name)),
  };
}

/** Returns `parameter`, a value of `column`, such that the two compare exactly. */
export function typed(parameter: SQL, _column: Column): SQL {
  return parameter;
}
