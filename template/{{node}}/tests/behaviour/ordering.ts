/** The order of rows, worked out without the database. */

import type { Row } from '../../src/lib/contract/pages.ts';
import type { Factory } from '../support/factory.ts';
import type { StoredRow } from '../support/rows.ts';

/** Returns the ids of `rows` as `sort` orders them: null comes before all, ties go by id. */
export function inOrder(factory: Factory, rows: readonly StoredRow[], sort = '-id'): string[] {
  const keys = sort.split(',').map((key) => ({
    name: key.replace(/^-/, ''),
    sign: key.startsWith('-') ? -1 : 1,
  }));
  const all = [...keys, { name: 'id', sign: keys.at(-1)?.sign ?? -1 }];
  const compareRows = (one: Row, other: Row) => {
    const signs = all.map(
      ({ name, sign }) => sign * compare(factory, name, one[name], other[name]),
    );
    return signs.find((found) => found !== 0) ?? 0;
  };
  return rows.toSorted(compareRows).map(({ id }) => id);
}

/** Compares two values of one field, as the contract orders them. */
export function compare(factory: Factory, name: string, one: unknown, other: unknown): number {
  const [left, right] = [rank(factory, name, one), rank(factory, name, other)];
  if (left === null || right === null) return Number(left !== null) - Number(right !== null);
  if (left instanceof Buffer && right instanceof Buffer) return Buffer.compare(left, right);
  return Number(left > right) - Number(left < right);
}

/** Returns what the language compares as the contract does: texts go by code point. */
function rank(factory: Factory, name: string, value: unknown): number | bigint | Buffer | null {
  if (value === null) return null;
  if (typeof value !== 'string') return Number(value);
  return factory.decimals.includes(name) ? BigInt(value.replace('.', '')) : Buffer.from(value);
}
