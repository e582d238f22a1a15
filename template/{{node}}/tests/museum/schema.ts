/** Tables that no migration knows, made for a while. */

import { type Column, type SQL, sql } from 'drizzle-orm';

import { type AnyTable, tableConfig } from '../../src/lib/columns.ts';
import type { Database } from '../../src/lib/db.ts';
import { dialect } from '../../src/lib/dialect.ts';

/** How text compares in MySQL and MariaDB, as in migrations; a comment to all others. */
const TEXT = sql.raw(
  '/*! DEFAULT CHARSET=utf8mb4 */ /*M! COLLATE=utf8mb4_nopad_bin */ /*!80017 COLLATE=utf8mb4_0900_bin */',
);

/** Makes `tables`, each after those that it refers to. */
export async function createTables(database: Database, tables: readonly AnyTable[]): Promise<void> {
  await execute(database, tables.map(creation));
}

/** Takes `tables` away again. */
export async function dropTables(database: Database, tables: readonly AnyTable[]): Promise<void> {
  await execute(
    database,
    tables.toReversed().map((table) => sql`drop table ${table}`),
  );
}

async function execute(database: Database, statements: readonly SQL[]): Promise<void> {
  await database.write(async (session) => {
    for (const statement of statements) {
      await session.changed({ toSQL: () => dialect.sqlToQuery(statement) });
    }
  });
}

function creation(table: AnyTable): SQL {
  const { columns, primaryKeys, uniqueConstraints, foreignKeys } = tableConfig(table);
  const parts = [
    ...columns.map(columnOf),
    ...primaryKeys.map((key) => sql`primary key ${names(key.columns)}`),
    ...uniqueConstraints.map((each) => sql`${named(each.getName())} unique ${names(each.columns)}`),
    ...foreignKeys.map((key) => {
      const { columns, foreignColumns, foreignTable } = key.reference();
      const target = sql`references ${foreignTable} ${names(foreignColumns)}`;
      const ending = sql.raw(`on delete ${key.onDelete ?? 'restrict'}`);
      return sql`${named(key.getName())} foreign key ${names(columns)} ${target} ${ending}`;
    }),
  ];
  return sql`create table ${table} (${sql.join(parts, sql`, `)}) ${TEXT}`;
}

function columnOf(column: Column): SQL {
  const type = sql.raw(`${column.getSQLType()} ${column.notNull ? 'not null' : 'null'}`);
  return sql`${sql.identifier(column.name)} ${type}`;
}

function named(name: string | undefined): SQL {
  return sql`constraint ${sql.identifier(name ?? '')}`;
}

function names(columns: readonly Column[]): SQL {
  const each = columns.map(({ name }) => sql.identifier(name));
  return sql`(${sql.join(each, sql`, `)})`;
}
