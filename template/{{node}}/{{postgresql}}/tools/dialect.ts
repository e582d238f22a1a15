/** What migrations need on PostgreSQL. */

import { generateDrizzleJson, generateMigration } from 'drizzle-kit/api';

import type { Snapshot } from './snapshots.ts';

/** Returns the snapshot of `tables`, which follows the one with `previousId`. */
export const takeSnapshot: (
  tables: Record<string, unknown>,
  previousId: string,
) => Promise<Snapshot> = generateDrizzleJson;

/** Returns the statements between two snapshots, in which nothing is both new and gone. */
export const sqlBetween: (before: Snapshot, after: Snapshot) => Promise<string[]> =
  generateMigration;

/**
 * Returns `statements` as a migration runs them.
 *
 * They wait ten seconds for a lock, no longer: what waits for it makes every later query wait.
 */
export function finish(statements: readonly string[]): string[] {
  const kept = statements.map((statement) =>
    statement.replace(/^(DROP TABLE .*) CASCADE;$/, '$1;'),
  );
  return kept.length > 0 ? ["SET LOCAL lock_timeout = '10s';", ...kept] : [];
}

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
  if (/^(varchar|text)/.test(type)) return "''";
  if (type === 'uuid') return "'00000000-0000-0000-0000-000000000000'";
  if (type === 'boolean') return 'false';
  if (type === 'json') return "'null'";
  return /^(date|timestamp)/.test(type) ? "'1970-01-01'" : '0';
}

/** Returns a name as SQL and snapshots quote it. */
export const quoted = (name: string) => `"${name}"`;
