/**
 * What tables are made of: columns that hold the same values on every database.
 *
 * A value is what JSON shows. How text compares is said of whole tables, in the migrations.
 */

import {
  boolean as tinyBoolean,
  char,
  customType,
  decimal as exactDecimal,
  getTableConfig,
  int,
  longtext,
  type MySqlTable,
  type MySqlTableExtraConfigValue,
  varchar,
} from 'drizzle-orm/mysql-core';

export {
  check,
  foreignKey,
  index,
  mysqlTable as table,
  primaryKey,
  unique,
} from 'drizzle-orm/mysql-core';

export type AnyTable = MySqlTable;
export type Constraint = MySqlTableExtraConfigValue;

/** Returns what a table holds besides columns: keys, constraints and indexes. */
export const tableConfig = getTableConfig;

/** A UUID in lower case. */
export const uuid = (name: string) => char(name, { length: 36 });

/** A text of at most `length` code points; enums too, whose values a check lists. */
export const shortText = (name: string, length: number) => varchar(name, { length });

/** A text of any length. */
export const longText = (name: string) => longtext(name);

/** A whole number of 32 bits. */
export const integer = (name: string) => int(name);

/** A whole number within ±(2^53 - 1). */
export const bigint = customType<{ data: number; driverData: string | number }>({
  dataType: () => 'bigint',
  fromDriver: Number,
});

/** A double. */
export const double = customType<{ data: number }>({ dataType: () => 'double' });

export const boolean = (name: string) => tinyBoolean(name);

/** A day, `2030-01-31`. */
export const day = customType<{ data: string }>({ dataType: () => 'date' });

/** A moment in UTC, to the millisecond: `2030-01-31T12:00:00.000Z`. */
export const moment = customType<{ data: string; driverData: string }>({
  dataType: () => 'datetime(3)',
  toDriver: (value) => value.slice(0, 23).replace('T', ' '),
  // 2030-01-31 12:00:00.500, since sessions are in UTC; whole seconds have no point
  fromDriver: (text) =>
    `${text.slice(0, 10)}T${text.slice(11, 19)}.${text.slice(20).padEnd(3, '0')}Z`,
});

/** Any JSON value, which MariaDB answers as text; null is the database's own. */
export const json = customType<{ data: unknown; driverData: string }>({
  dataType: () => 'json',
  toDriver: (value) => JSON.stringify(value),
  fromDriver: (value): unknown => JSON.parse(value),
});

/** An exact decimal of at most `precision` digits, `scale` of them after the point. */
export const decimal = (name: string, precision: number, scale: number) =>
  exactDecimal(name, { precision, scale });
