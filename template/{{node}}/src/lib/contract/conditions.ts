/** Parts of queries: conditions, and the parameters that they are about. */

import { and, type Column, or, type SQL, sql, type SQLWrapper } from 'drizzle-orm';

import { typed } from '../dialect.ts';

export const ALWAYS = sql`1 = 1`;
export const NEVER = sql`1 = 0`;

/** Returns the condition that all of `conditions` hold. */
export function allOf(...conditions: readonly SQLWrapper[]): SQL {
  return and(...conditions) ?? ALWAYS;
}

/** Returns the condition that any of `conditions` holds. */
export function anyOf(...conditions: readonly SQLWrapper[]): SQL {
  return or(...conditions) ?? NEVER;
}

/** Returns the parameter `name`, whose value is one of `column`. */
export function parameter(name: string, column: Column): SQL {
  return typed(sql`${sql.param(sql.placeholder(name), column)}`, column);
}

/**
 * Returns how many parameters stand for `count` values: a power of two.
 *
 * Statements are compiled once for each number, and so there are few.
 */
export function roomFor(count: number): number {
  return 2 ** Math.ceil(Math.log2(Math.max(count, 1)));
}

/** Returns the condition that `column` is one of as many values as there is `room` for. */
export function isOneOf(column: Column, name: string, room: number): SQL {
  const values = Array.from({ length: room }, (_, at) => parameter(`${name}_${at}`, column));
  return sql`${column} in (${sql.join(values, sql`, `)})`;
}

/** Returns what the parameters of `isOneOf` stand for; the last value fills the room. */
export function oneOf(name: string, values: readonly unknown[]): Record<string, unknown> {
  const room = Array.from({ length: roomFor(values.length) }, (_, at) => at);
  return Object.fromEntries(room.map((at) => [`${name}_${at}`, values[at] ?? values.at(-1)]));
}
