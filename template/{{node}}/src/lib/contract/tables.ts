/** What the tables say about themselves, under the names that code uses. */

import { type Column, getTableColumns, getTableName, is, Table } from 'drizzle-orm';
import * as tables from '../../tables/index.ts';
import { type AnyTable, tableConfig } from '../columns.ts';

/** A many-to-many relation: its table holds pairs of `left`, this row, and `right`. */
export interface Link {
  readonly left: Column;
  readonly right: Column;
}

/** The links of a resource by the attributes that list them. */
export type Links = Readonly<Record<string, Link>>;

/** The constraint that a write broke: its kind, and its columns where they are known. */
export interface Broken {
  readonly kind: 'unique' | 'foreign_key' | 'check';
  readonly columns: readonly string[];
}

export interface Reference {
  /** The column that points elsewhere. */
  readonly column: Column;
  /** The id that it points to. */
  readonly target: Column;
  readonly onDelete: string | undefined;
}

const known = new Set<AnyTable>(
  Object.values<unknown>(tables).filter((entry): entry is AnyTable => is(entry, Table)),
);

/** Makes `table` known to deletes, which follow every reference to what they delete. */
export function know(table: AnyTable): void {
  known.add(table);
}

/** Returns the columns of `table` by the attributes that hold them. */
export function columnsOf(table: Table): Readonly<Record<string, Column>> {
  return getTableColumns(table);
}

/** Returns the column of `attribute`; throws where there is none. */
export function columnOf(table: Table, attribute: string): Column {
  const column = columnsOf(table)[attribute];
  if (!column) throw new TypeError(`${getTableName(table)} has no ${attribute}`);
  return column;
}

/** Returns the attribute that holds `column`. */
export function attributeOf(column: Column): string {
  const found = Object.entries(columnsOf(column.table)).find(([, other]) => other === column);
  if (!found) throw new TypeError(`${getTableName(column.table)} has no ${column.name}`);
  return found[0];
}

/** Returns the table of `column`; all tables are of the service's own database. */
export function tableOf(column: Column): AnyTable {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as said
  return column.table as AnyTable;
}

/** Returns the foreign keys of `table`, each of which has one column. */
export function referencesOf(table: AnyTable): readonly Reference[] {
  const found = referencesByTable.get(table) ?? readReferences(table);
  referencesByTable.set(table, found);
  return found;
}

const referencesByTable = new WeakMap<AnyTable, readonly Reference[]>();

function readReferences(table: AnyTable): Reference[] {
  return tableConfig(table).foreignKeys.flatMap((key) => {
    const { columns, foreignColumns } = key.reference();
    const [column, target] = [columns[0], foreignColumns[0]].map((each) => each && own(each));
    return column && target ? [{ column, target, onDelete: key.onDelete }] : [];
  });
}

/** Returns the column of a table that `column`, as constraints see it, stands for. */
function own(column: Column): Column | undefined {
  return Object.values(columnsOf(column.table)).find((each) => each.name === column.name);
}

/** Returns the table that `column` points to; undefined where it is no foreign key. */
export function targetOf(column: Column): AnyTable | undefined {
  const reference = referencesOf(tableOf(column)).find((each) => each.column === column);
  return reference && tableOf(reference.target);
}

/** Returns every foreign key, of any table, that points to `table`. */
export function referencesTo(table: AnyTable): readonly Reference[] {
  return [...known].flatMap((other) =>
    referencesOf(other).filter((reference) => reference.target.table === table),
  );
}

/** Returns the columns of the constraint `name`; none where `table` has no such. */
export function constrainedColumns(table: AnyTable, name: string | undefined): string[] {
  const { foreignKeys, uniqueConstraints } = tableConfig(table);
  const unique = uniqueConstraints.find((constraint) => constraint.name === name);
  const key = foreignKeys.find((constraint) => constraint.getName() === name);
  return (unique?.columns ?? key?.reference().columns ?? []).map((column) => column.name);
}
