/**
 * What leads from one snapshot to another, in SQL: first what is new, then what has changed, then
 * what is gone. In one go drizzle-kit would ask whether the new is the old by another name.
 */

import { finish, neutralValue, quoted, sqlBetween } from './dialect.ts';
import { plain, type Snapshot, type SnapshotColumn, type SnapshotTable } from './snapshots.ts';

/** Returns the value that rows get in a column that may not be null; undefined without any. */
export type ValueOf = (table: string, column: string) => string | undefined;

/** Rows have no value for columns that may not be null. */
export class MissingValueError extends Error {
  override readonly name = 'MissingValueError';
}

/** Returns the statements that lead from `before` to `after`. */
export async function difference(
  before: Snapshot,
  after: Snapshot,
  valueOf: ValueOf,
): Promise<string[]> {
  const grown = withAdditions(before, after, valueOf);
  const kept = withDropped(before, after);
  const statements = [
    ...(await sqlBetween(before, grown)),
    ...fills(before, after, valueOf),
    ...(await sqlBetween(grown, kept)),
    ...(await sqlBetween(kept, after)),
  ];
  return finish(statements);
}

/** Returns the tables and columns of `before` that `after` lacks, as `table` or `table.column`. */
export function dropped(before: Snapshot, after: Snapshot): string[] {
  return Object.entries(before.tables).flatMap(([key, table]) => {
    const left = after.tables[key];
    if (!left) return [table.name];
    const columns = Object.keys(table.columns).filter((name) => !(name in left.columns));
    return columns.map((name) => `${table.name}.${name}`);
  });
}

/** Returns what neither snapshot may be asked for: a value that does not depend on the row. */
export function neutral(snapshot: Snapshot): ValueOf {
  return (table, column) => {
    const tables = Object.values(snapshot.tables);
    const type = tables.find(({ name }) => name === table)?.columns[column]?.type;
    return type === undefined ? undefined : neutralValue(type);
  };
}

function withAdditions(before: Snapshot, after: Snapshot, valueOf: ValueOf): Snapshot {
  const grown = plain(before);
  for (const [key, table] of Object.entries(plain(after).tables)) {
    const there = (grown.tables[key] ??= table);
    for (const [name, column] of Object.entries(table.columns)) {
      there.columns[name] ??= withValue(column, table, valueOf);
    }
  }
  return grown;
}

/** Rows that are there get the value as a default, which the next step takes away again. */
function withValue(column: SnapshotColumn, table: SnapshotTable, valueOf: ValueOf): SnapshotColumn {
  if (!column.notNull || column.default !== undefined) return column;
  const value = valueOf(table.name, column.name);
  if (value === undefined) {
    throw new MissingValueError(
      `${table.name}.${column.name} may not be null, and rows that are there have no value for ` +
        'it: give the column a $default, or let it be null.',
    );
  }
  return { ...column, default: value };
}

/** Returns `after` with the tables that it lacks, which nothing refers to any more. */
function withDropped(before: Snapshot, after: Snapshot): Snapshot {
  const kept = plain(after);
  for (const [key, table] of Object.entries(plain(before).tables)) {
    kept.tables[key] ??= { ...table, foreignKeys: {} };
  }
  return kept;
}

/** Returns what fills columns that may not be null any more. */
function fills(before: Snapshot, after: Snapshot, valueOf: ValueOf): string[] {
  return Object.entries(after.tables).flatMap(([key, table]) =>
    Object.values(table.columns).flatMap((column) => {
      const mayBeNull = before.tables[key]?.columns[column.name]?.notNull === false;
      const value = column.notNull && mayBeNull ? valueOf(table.name, column.name) : undefined;
      if (value === undefined) return [];
      const [target, name] = [quoted(table.name), quoted(column.name)];
      return [`UPDATE ${target} SET ${name} = ${value} WHERE ${name} IS NULL;`];
    }),
  );
}
