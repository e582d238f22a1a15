/** Answers as the contract words them. */

import { jsonNames } from '../contract/casing.ts';
import { etagOf, notModified } from '../contract/etags.ts';
import type { Page, Row } from '../contract/pages.ts';
import type { Call } from './call.ts';
import { writeQuery } from './query.ts';

export const JSON_TYPE = 'application/json';

/** What a request is answered. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

/** Returns `content` as JSON. */
export function json(
  content: unknown,
  status = 200,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  return {
    status,
    headers: { ...headers, 'Content-Type': JSON_TYPE },
    body: JSON.stringify(content),
  };
}

/** Returns the answer without a body. */
export function noContent(): Answer {
  return { status: 204, headers: {} };
}

/** Returns the answer to what is done later, by mail; it says nothing about anybody. */
export function accepted(): Answer {
  return { status: 202, headers: {} };
}

/** Returns one row with its ETag, or 304 where the client has it; sparse ones have none. */
export function row(call: Call, found: Row, fields: readonly string[] = []): Answer {
  const tags = call.method === 'GET' ? call.header('if-none-match') : undefined;
  const isKnown = notModified(tags, versionOf(found));
  if (fields.length > 0) return json(jsonNames(found));
  const headers = { ETag: etagOf(versionOf(found)) };
  return isKnown ? { status: 304, headers } : json(jsonNames(found), 200, headers);
}

/** Returns a row that was just made, and where it is. */
export function created(call: Call, made: Row): Answer {
  const headers = { Location: `${call.path}/${String(made.id)}`, ETag: etagOf(versionOf(made)) };
  return json(jsonNames(made), 201, headers);
}

/** Returns a page, with a link to the next one where there is one. */
export function page(call: Call, found: Page): Answer {
  const { limit, nextCursor, total } = found;
  const info = { limit, hasMore: nextCursor !== null, nextCursor };
  const body = {
    data: found.rows.map((each) => jsonNames(each)),
    page: jsonNames(total === null ? info : { ...info, total }),
  };
  if (nextCursor === null) return json(body);
  const kept = call.query().filter(([name]) => name !== 'cursor');
  const query = writeQuery([...kept, ['cursor', nextCursor]]);
  return json(body, 200, { Link: `<${call.path}?${query}>; rel="next"` });
}

function versionOf(found: Row): number {
  return Number(found.version ?? 0);
}
