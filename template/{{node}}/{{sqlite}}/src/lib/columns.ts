/**
 * What tables are made of: columns that hold the same values on every database.
 *
 * A value is what JSON shows. Here they are stored as SQLite can compare them.
 */

import {
  customType,
  getTableConfig,
  type SQLiteTable,
  type SQLiteTableExtraConfigValue,
  text,
} from 'drizzle-orm/sqlite-core';

export {
  check,
  foreignKey,
  index,
  primaryKey,
  sqliteTable as table,
  unique,
} from 'drizzle-orm/sqlite-core';

export type AnyTable = SQLiteTable;
export type Constraint = SQLiteTableExtraConfigValue;

/** Returns what a table holds besides columns: keys, constraints and indexes. */
export const tableConfig = getTableConfig;

const wholeNumber = customType<{ data: number; driverData: number | bigint }>({
  dataType: () => 'integer',
  fromDriver: Number,
});

/** A UUID in lower case. */
export const uuid = (name: string) => text(name, { length: 36 });

/** A text of at most `length` code points; enums too, whose values a check lists. */
export const shortText = (name: string, length: number) => text(name, { length });

/** A text of any length. */
export const longText = (name: string) => text(name);

/** A whole number of 32 bits. */
export const integer = wholeNumber;

/** A whole number within ±(2^53 - 1). */
export const bigint = wholeNumber;

/** A double. */
export const double = customType<{ data: number }>({ dataType: () => 'real' });

export const boolean = customType<{ data: boolean; driverData: number | bigint }>({
  dataType: () => 'integer',
  toDriver: Number,
  fromDriver: Boolean,
});

/** A day, `2030-01-31`. */
export const day = (name: string) => text(name, { length: 10 });

/** A moment in UTC, to the millisecond: `2030-01-31T12:00:00.000Z`. */
export const moment = (name: string) => text(name, { length: 24 });

/** Any JSON value; null is the database's own. */
export const json = customType<{ data: unknown; driverData: string }>({
  dataType: () => 'text',
  toDriver: (value) => JSON.stringify(value),
  fromDriver: (value): unknown => JSON.parse(value),
});

/**
 * An exact decimal of at most `precision` digits, `scale` of them after the point.
 *
 * SQLite would store it as a float and lose digits: it is a whole number of smallest units.
 */
export const decimal = (name: string, _precision: number, scale: number) =>
  customType<{ data: string; driverData: bigint | number }>({
    dataType: () => 'integer',
    toDriver: (value) => toUnits(value, scale),
    fromDriver: (units) => fromUnits(units, scale),
  })(name);

function toUnits(value: string, scale: number): bigint {
  const [whole = '', fraction = ''] = value.split('.');
  return BigInt(whole + fraction.padEnd(scale, '0'));
}

function fromUnits(units: bigint | number, scale: number): string {
  const sign = units < 0 ? '-' : '';
  const digits = String(units)
    .replace('-', '')
    .padStart(scale + 1, '0');
  const point = digits.length - scale;
  return scale ? `${sign}${digits.slice(0, point)}.${digits.slice(point)}` : sign + digits;
}
