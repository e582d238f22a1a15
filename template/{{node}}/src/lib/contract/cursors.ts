/** Cursors: where the next page begins, signed, and bound to the list that they came from. */

import { createHmac, timingSafeEqual } from 'node:crypto';

import { type ApiError, invalidParameter } from '../errors.ts';
import { keysFor } from '../keys.ts';
import { toJson } from './encoding.ts';
import type { ListQuery } from './listing.ts';
import type { Representation } from './schema.ts';

const MAC_BYTES = 16;

function macOf(key: Buffer, boundTo: readonly unknown[], payload: string): Buffer {
  const message = toJson([boundTo, payload]);
  return createHmac('sha256', key).update(message).digest().subarray(0, MAC_BYTES);
}

/** The cursor after the row with `values`, good for `boundTo` only. */
export function writeCursor(values: readonly unknown[], boundTo: readonly unknown[]): string {
  const payload = toJson(values);
  const [key] = keysFor('cursor');
  return Buffer.concat([macOf(key, boundTo, payload), Buffer.from(payload)]).toString('base64url');
}

/** The values in `cursor`; throws a 400 where it is forged or of another list. */
export function readCursor(cursor: string, boundTo: readonly unknown[]): unknown[] {
  const signed = Buffer.from(cursor, 'base64url');
  // The decoder skips what is not of its alphabet; only what it would write itself counts.
  if (signed.length <= MAC_BYTES || signed.toString('base64url') !== cursor) throw refusal();
  const mac = signed.subarray(0, MAC_BYTES);
  const payload = signed.toString('utf8', MAC_BYTES);
  const isOurs = keysFor('cursor').some((key) =>
    timingSafeEqual(mac, macOf(key, boundTo, payload)),
  );
  if (!isOurs) throw refusal();
  const values: unknown = JSON.parse(payload);
  return Array.isArray(values) ? values : [];
}

function boundTo(query: ListQuery, resource: string): unknown[] {
  return [resource, ...query.canonical];
}

/** The keys of the row after which the page begins; null for a first page. */
export function readPosition(
  query: ListQuery,
  resource: string,
  representation: Representation,
): unknown[] | null {
  if (query.cursor === null) return null;
  const position = readCursor(query.cursor, boundTo(query, resource));
  const attributes = [...query.sorts.map((sort) => sort.attribute), 'id'];
  return attributes.map((attribute, at) => {
    const value = position[at] ?? null;
    return value === null ? null : representation.memberType(attribute).accept(value);
  });
}

/** The cursor of the next page, after the row with `keys`; null without a row. */
export function writePosition(
  query: ListQuery,
  resource: string,
  keys: readonly unknown[],
): string | null {
  return keys.length > 0 ? writeCursor(keys, boundTo(query, resource)) : null;
}

function refusal(): ApiError {
  return invalidParameter('cursor', 'cursor');
}
