/** Taking every row from every table, whatever rows refer to each other. */

import { type Column, is, Table } from 'drizzle-orm';

import type { AnyTable } from '../../src/lib/columns.ts';
import { columnsOf, referencesOf } from '../../src/lib/contract/tables.ts';
import type { Database, Session } from '../../src/lib/db.ts';
import * as tables from '../../src/tables/index.ts';

const ALL = Object.values<unknown>(tables).filter((entry): entry is AnyTable => is(entry, Table));

/** Deletes all rows of `tables`, the service's own if not told. */
export async function empty(database: Database, tables = ALL): Promise<void> {
  await database.write(async (session) => {
    for (const table of tables) {
      await loosen(session, table);
    }
    for (const table of inOrder(tables)) {
      await session.changed(session.db.delete(table));
    }
  });
}

/** Rows of a tree keep each other, and so do those of a ring of tables. */
async function loosen(session: Session, table: AnyTable): Promise<void> {
  const keeping = referencesOf(table).filter(({ onDelete }) => onDelete === 'restrict');
  const loose = keeping.filter(({ column }) => !column.notNull).map(({ column }) => column);
  if (loose.length > 0) {
    const values: Record<string, null> = {};
    for (const column of loose) {
      values[attributeOf(table, column)] = null;
    }
    await session.changed(session.db.update(table).set(values));
  }
}

function attributeOf(table: AnyTable, column: Column): string {
  const found = Object.entries(columnsOf(table)).find(([, each]) => each === column);
  return found?.[0] ?? column.name;
}

/** Returns `tables`, each after those that refer to it. */
function inOrder(tables: readonly AnyTable[]): AnyTable[] {
  const ordered: AnyTable[] = [];
  const seen = new Set<AnyTable>();
  const visit = (table: AnyTable) => {
    if (seen.has(table)) {
      return;
    }
    seen.add(table);
    const refers = (other: AnyTable) =>
      referencesOf(other).some(({ target }) => target.table === table);
    tables.filter(refers).forEach(visit);
    ordered.push(table);
  };
  tables.forEach(visit);
  return ordered;
}
