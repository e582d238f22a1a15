/** What is lost, and what only has another name now: nobody but who changed the tables can know. */

import { plain, type Snapshot, type SnapshotTable } from './snapshots.ts';
import { quoted } from './dialect.ts';

/** A change is not made unless somebody says that it is meant. */
export class RefusalError extends Error {
  override readonly name = 'RefusalError';
}

/** The words of a rename: `table:new_name` or `table.column:new_name`. */
const RENAME = /^(\w+)(?:\.(\w+))?:(\w+)$/;

/** Returns a snapshot with other names, and the statements to and fro. */
export function rename(
  snapshot: Snapshot,
  renames: readonly string[],
): { renamed: Snapshot; up: string[]; down: string[] } {
  const [up, down]: [string[], string[]] = [[], []];
  let renamed = snapshot;
  for (const words of renames) {
    const [, table = '', column, name = ''] = RENAME.exec(words) ?? [];
    if (table === '') throw new RefusalError(`say table.column:new_name, not ${words}`);
    if (column === undefined)
      throw new RefusalError('tables are renamed by hand; columns are not.');
    renamed = withColumn(renamed, table, column, name);
    up.push(statement(table, column, name));
    down.unshift(statement(table, name, column));
  }
  return { renamed, up, down };
}

function statement(table: string, from: string, to: string): string {
  return `ALTER TABLE ${quoted(table)} RENAME COLUMN ${quoted(from)} TO ${quoted(to)};`;
}

/** Returns `snapshot` in which a column has another name, wherever it is spoken of. */
function withColumn(snapshot: Snapshot, tableName: string, from: string, to: string): Snapshot {
  const changed = plain(snapshot);
  const entry = Object.entries(changed.tables).find(([, { name }]) => name === tableName);
  const column = entry?.[1].columns[from];
  if (!entry || !column) throw new RefusalError(`there was no ${tableName}.${from}`);
  const [key, table] = entry;
  delete table.columns[from];
  const { columns, ...rest } = table;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- of the same shape
  const told = renamedIn(rest, from, to) as Omit<SnapshotTable, 'columns'>;
  changed.tables[key] = { ...told, columns: { ...columns, [to]: { ...column, name: to } } };
  return changed;
}

/** Returns a part of a snapshot: lists of columns, and the texts of conditions, name them. */
function renamedIn(part: unknown, from: string, to: string): unknown {
  if (Array.isArray(part))
    return part.map((each) => (each === from ? to : renamedIn(each, from, to)));
  if (typeof part !== 'object' || part === null) return part;
  const members: [string, unknown][] = Object.entries(part);
  const renamed = members.map(([key, value]) => {
    if (key === 'expression') return [key, value === from ? to : value];
    if (key === 'value' && typeof value === 'string') {
      return [key, value.replaceAll(`.${quoted(from)}`, `.${quoted(to)}`)];
    }
    return [key, renamedIn(value, from, to)];
  });
  return Object.fromEntries(renamed);
}

/** Throws what would be lost, and how to say that it is meant. */
export function refuseLosses(before: Snapshot, after: Snapshot, lost: readonly string[]): void {
  if (lost.length === 0) return;
  const gained = new Set(
    Object.entries(after.tables).flatMap(([key, table]) => {
      const there = before.tables[key];
      return Object.keys(table.columns)
        .filter((name) => there && !(name in there.columns))
        .map((name) => `${table.name}.${name}`);
    }),
  );
  const example = lost.find((name) => [...gained].some((each) => sameTable(each, name)));
  const hint = example
    ? ` A column that only has another name is kept with rename=${example}:new_name.`
    : '';
  throw new RefusalError(
    `data would be lost with ${lost.join(', ')}. If that is meant, add drop=yes.${hint}`,
  );
}

function sameTable(one: string, other: string): boolean {
  return one.split('.')[0] === other.split('.')[0] && other.includes('.');
}
