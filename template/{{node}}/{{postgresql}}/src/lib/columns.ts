/**
 * What tables are made of: columns that hold the same values on every database.
 *
 * A value is what JSON shows. Text compares and sorts by code point: hence the collation.
 */

import {
  boolean,
  customType,
  doublePrecision,
  getTableConfig,
  integer,
  numeric,
  type PgTable,
  type PgTableExtraConfigValue,
  uuid,
} from 'drizzle-orm/pg-core';

export {
  check,
  foreignKey,
  index,
  pgTable as table,
  primaryKey,
  unique,
} from 'drizzle-orm/pg-core';

export type AnyTable = PgTable;
export type Constraint = PgTableExtraConfigValue;

/** Returns what a table holds besides columns: keys, constraints and indexes. */
export const tableConfig = getTableConfig;

export { boolean, integer, uuid };

/** A text of at most `length` code points; enums too, whose values a check lists. */
export const shortText = (name: string, length: number) =>
  customType<{ data: string }>({ dataType: () => `varchar(${length}) COLLATE "C"` })(name);

/** A text of any length. */
export const longText = customType<{ data: string }>({ dataType: () => 'text COLLATE "C"' });

/** A whole number within ±(2^53 - 1). */
export const bigint = customType<{ data: number; driverData: string | number }>({
  dataType: () => 'bigint',
  fromDriver: Number,
});

/** A double. */
export const double = doublePrecision;

/** A day, `2030-01-31`. */
export const day = customType<{ data: string }>({ dataType: () => 'date' });

/** A moment in UTC, to the millisecond: `2030-01-31T12:00:00.000Z`. */
export const moment = customType<{ data: string; driverData: string }>({
  dataType: () => 'timestamp(3) with time zone',
  // 2030-01-31 12:00:00.5+00, since sessions are in UTC
  fromDriver: (text) =>
    `${text.slice(0, 10)}T${text.slice(11, 19)}.${text.slice(20, -3).padEnd(3, '0')}Z`,
});

/** Any JSON value; null is the database's own. */
export const json = customType<{ data: unknown; driverData: string }>({
  dataType: () => 'json',
  toDriver: (value) => JSON.stringify(value),
  fromDriver: (value): unknown => JSON.parse(value),
});

/** An exact decimal of at most `precision` digits, `scale` of them after the point. */
export const decimal = (name: string, precision: number, scale: number) =>
  numeric(name, { precision, scale });
