/** Paging by keyset: where a page begins is a condition on the order's keys, not an offset. */

import {
  type Column,
  eq,
  gt,
  isNotNull,
  isNull,
  lt,
  type SQL,
  sql,
  type SQLWrapper,
} from 'drizzle-orm';

import { COMPARES_ROW_VALUES, NULL_IS_LARGEST } from '../dialect.ts';
import { allOf, anyOf, NEVER, parameter } from './conditions.ts';

/** One column of the order; null is smaller than every value. */
export class Key {
  readonly column: Column;
  readonly descending: boolean;

  constructor(column: Column, descending: boolean) {
    this.column = column;
    this.descending = descending;
  }

  /** Returns the `ORDER BY` of this key, over `column` where another stands for it. */
  order(column: SQLWrapper = this.column): SQL {
    const direction = sql.raw(this.descending ? 'desc' : 'asc');
    if (this.column.notNull || !NULL_IS_LARGEST) return sql`${column} ${direction}`;
    const nulls = sql.raw(this.descending ? 'nulls last' : 'nulls first');
    return sql`${column} ${direction} ${nulls}`;
  }

  /** Returns the condition of rows whose key comes after `value`; null stands for null. */
  beyond(value: SQL | null): SQL {
    if (value === null) return this.descending ? NEVER : isNotNull(this.column);
    if (!this.descending) return gt(this.column, value);
    const smaller = lt(this.column, value);
    return this.column.notNull ? smaller : anyOf(smaller, isNull(this.column));
  }

  /** Returns the condition of rows with the same key. */
  equals(value: SQL | null): SQL {
    return value === null ? isNull(this.column) : eq(this.column, value);
  }
}

/**
 * Returns conditions whose rows, one condition after the other, are all that is to come.
 *
 * The values of the last row are the parameters `after_0`, `after_1`, …; `nulls` tells which of
 * them are null. Each condition is a range of an index; for more than two keys (the last is the
 * id) there is one condition, which is right but no range.
 */
export function segmentsAfter(keys: readonly Key[], nulls: readonly boolean[]): SQL[] {
  const values = keys.map((key, at) => (nulls[at] ? null : parameter(`after_${at}`, key.column)));
  const [first, last] = keys;
  const [value = null, rowId = null] = values;
  if (!first || !last || keys.length > 2) return [lexicographic(keys, values)];
  if (value === null) {
    const ties = allOf(isNull(first.column), last.beyond(rowId));
    return first.descending ? [ties] : [ties, isNotNull(first.column)];
  }
  const range = rowBeyond(first, last, value, rowId);
  const isOpen = first.descending && !first.column.notNull;
  return isOpen ? [range, isNull(first.column)] : [range];
}

function rowBeyond(first: Key, last: Key, value: SQL, rowId: SQL | null): SQL {
  if (COMPARES_ROW_VALUES && rowId !== null) {
    const sign = sql.raw(first.descending ? '<' : '>');
    return sql`(${first.column}, ${last.column}) ${sign} (${value}, ${rowId})`;
  }
  const strictly = first.descending ? lt(first.column, value) : gt(first.column, value);
  return anyOf(strictly, allOf(eq(first.column, value), last.beyond(rowId)));
}

function lexicographic(keys: readonly Key[], values: readonly (SQL | null)[]): SQL {
  const options = keys.map((key, at) => {
    const ties = keys.slice(0, at).map((tied, index) => tied.equals(values[index] ?? null));
    return allOf(...ties, key.beyond(values[at] ?? null));
  });
  return anyOf(...options);
}
