/** What migrations need on SQLite. */

import { generateSQLiteDrizzleJson, generateSQLiteMigration } from 'drizzle-kit/api';

import type { Snapshot } from './snapshots.ts';

/** Returns the snapshot of `tables`, which follows the one with `previousId`. */
export const takeSnapshot: (
  tables: Record<string, unknown>,
  previousId: string,
) => Promise<Snapshot> = generateSQLiteDrizzleJson;

/** Returns the statements between two snapshots, in which nothing is both new and gone. */
export const sqlBetween: (before: Snapshot, after: Snapshot) => Promise<string[]> =
  generateSQLiteMigration;

/**
 * Returns `statements` as a migration runs them.
 *
 * SQLite changes a table by making it anew. Foreign keys are off meanwhile, which is dbmate's way
 * anyhow: whether all still refer to something is asked at the end, where a row too many breaks it.
 */
export function finish(statements: readonly string[]): string[] {
  const kept = statements.filter((statement) => !statement.startsWith('PRAGMA'));
  return kept.length > 0 ? [...kept, ...CHECK] : [];
}

const CHECK = [
  'CREATE TEMP TABLE broken (row_count integer CONSTRAINT "rows_refer_to_something" CHECK (row_count = 0));',
  'INSERT INTO broken SELECT count(*) FROM pragma_foreign_key_check;',
  'DROP TABLE broken;',
];

/** Returns a value as SQL writes it. */
export function literal(value: unknown): string {
  return typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : String(value);
}

/** Returns the default that fills a new column of `type`. */
export function defaultOf(value: unknown, _type: string): string {
  return literal(value);
}

/** Returns what stands in a column of `type` that comes back. */
export function neutralValue(type: string): string {
  return type.startsWith('text') ? "''" : '0';
}

/** Returns a name as SQL and snapshots quote it. */
export const quoted = (name: string) => `"${name}"`;
