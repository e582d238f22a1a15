/** Where the schema of a database differs from what the tables in code say. */

import { sql } from 'drizzle-orm';

import { getSettings } from '../src/lib/config.ts';
import { Database } from '../src/lib/db.ts';
import { compile } from '../src/lib/statement.ts';
import { CATALOG, checksIn, storedType } from './catalog.ts';
import {
  areEqual,
  newestSnapshot,
  presentSnapshot,
  type Snapshot,
  type SnapshotTable,
} from './snapshots.ts';

/**
 * Returns each fault in a line; none where code, migrations and the database at `url` agree.
 *
 * Tables that the code does not know are left alone.
 */
export async function schemaFaults(url: string): Promise<string[]> {
  const present = await presentSnapshot();
  const isPending = !areEqual(present.tables, newestSnapshot().tables);
  const wanted = new Set(linesOf(present));
  const found = await catalogOf(url);
  const known = new Set(Object.values(present.tables).map(({ name }) => name));
  const missing = [...wanted].filter((line) => !found.has(line));
  const extra = [...found].filter((line) => !wanted.has(line) && known.has(tableIn(line)));
  return [
    ...(isPending ? ['the tables have changed since the newest migration: make migration'] : []),
    ...missing.map((line) => `not in the database: ${line}`),
    ...extra.map((line) => `only in the database: ${line}`),
  ];
}

/** Every line begins like `column of table: `. */
function tableIn(line: string): string {
  return /^\w+ of (\w+):/.exec(line)?.[1] ?? '';
}

async function catalogOf(url: string): Promise<Set<string>> {
  const database = new Database({ ...getSettings(), databaseUrl: url });
  const lines: string[] = [];
  try {
    for (const query of CATALOG) {
      const statement = compile(sql.raw(query), [{ mapFromDriverValue: String }]);
      const rows = await database.read((session) => session.rows(statement, {}));
      lines.push(...rows.flatMap(([line]) => (typeof line === 'string' ? checksIn(line) : [])));
    }
  } finally {
    await database.close();
  }
  return new Set(lines);
}

function linesOf(snapshot: Snapshot): string[] {
  return Object.values(snapshot.tables).flatMap(tableLines);
}

function tableLines(table: SnapshotTable): string[] {
  const columns = Object.values(table.columns);
  const inline = columns.filter((column) => column.primaryKey).map(({ name }) => name);
  const [key] = Object.values(table.compositePrimaryKeys);
  const uniques = [...Object.values(table.uniqueConstraints), ...indexes(table, true)];
  const checks = { ...table.checkConstraints, ...table.checkConstraint };
  const lines = [
    ...columns.map(
      ({ name, type, notNull }) =>
        `column|${name} ${storedType(type)}${notNull ? ' not null' : ''}`,
    ),
    `key|${(key?.columns ?? inline).join(', ')}`,
    ...Object.values(table.foreignKeys).map(
      (each) =>
        `reference|${each.columnsFrom.join()} to ${each.tableTo}.${each.columnsTo.join()} on delete ${each.onDelete ?? 'no action'}`,
    ),
    ...uniques.map(({ name, columns }) => `unique|${name} (${columns.join(', ')})`),
    ...indexes(table, false).map(({ name, columns }) => `index|${name} (${columns.join(', ')})`),
    ...Object.keys(checks).map((name) => `check|${name}`),
  ];
  return lines.map((line) => line.replace('|', ` of ${table.name}: `));
}

function indexes(table: SnapshotTable, isUnique: boolean): { name: string; columns: string[] }[] {
  const found = Object.values(table.indexes).filter((index) => index.isUnique === isUnique);
  return found.map(({ name, columns }) => ({
    name,
    columns: columns.map((column) =>
      typeof column === 'string'
        ? column
        : column.expression + (column.nulls === 'first' ? ' nulls first' : ''),
    ),
  }));
}
