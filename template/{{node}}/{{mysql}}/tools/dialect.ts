/** What migrations need on MySQL and MariaDB. */

import { generateMySQLDrizzleJson, generateMySQLMigration } from 'drizzle-kit/api';

import type { Snapshot } from './snapshots.ts';

/** Returns the snapshot of `tables`, which follows the one with `previousId`. */
export const takeSnapshot: (
  tables: Record<string, unknown>,
  previousId: string,
) => Promise<Snapshot> = generateMySQLDrizzleJson;

/** Returns the statements between two snapshots, in which nothing is both new and gone. */
export const sqlBetween: (before: Snapshot, after: Snapshot) => Promise<string[]> =
  generateMySQLMigration;

// Text compares by code point: case, accents and trailing spaces count.
const OPTIONS =
  ' DEFAULT CHARSET=utf8mb4 /*M! COLLATE=utf8mb4_nopad_bin *//*!80017 COLLATE=utf8mb4_0900_bin */';

/** Returns `statements` as a migration runs them: each is final, for there is no way back. */
export function finish(statements: readonly string[]): string[] {
  return statements.map((statement) =>
    statement.startsWith('CREATE TABLE') ? statement.replace(/\);\s*$/, `)${OPTIONS};`) : statement,
  );
}

/** Returns a value as SQL writes it. */
export function literal(value: unknown): string {
  if (typeof value !== 'string') return String(value);
  return `'${value.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
}

/** Returns the default that fills a new column of `type`; long texts take an expression only. */
export function defaultOf(value: unknown, type: string): string {
  return /^(longtext|text|json)/.test(type) ? `(${literal(value)})` : literal(value);
}

/** Returns what stands in a column of `type` that comes back. */
export function neutralValue(type: string): string {
  if (/^(varchar|char)/.test(type)) return "''";
  if (/^(longtext|text)/.test(type)) return "('')";
  if (type === 'json') return "('null')";
  return type.startsWith('date') ? "'1970-01-01'" : '0';
}

/** Returns a name as SQL and snapshots quote it. */
export const quoted = (name: string) => `\`${name}\``;
