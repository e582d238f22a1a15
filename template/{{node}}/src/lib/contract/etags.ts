/** Strong entity tags, and what the headers that carry them ask for (RFC 9110, section 13). */

import { ApiError } from '../errors.ts';
import type { Row } from './pages.ts';

const TAG = String.raw`(?:W/)?"[!#-~\x80-\xff]*"`;
/** What a header that carries tags must match. */
export const TAGS = String.raw`\*|${TAG}(?:[ \t]*,[ \t]*${TAG})*`;
const WELL_FORMED = new RegExp(`^(?:${TAGS})$`);

/** The strong tag of a row at `version`. */
export function etagOf(version: unknown): string {
  return `"${String(version)}"`;
}

function tagsOf(header: string, name: string): string[] {
  if (!WELL_FORMED.test(header.trim())) {
    throw new ApiError('INVALID_PARAMETER', { message: 'malformed_header', parameters: { name } });
  }
  return header.match(new RegExp(TAG, 'g')) ?? [];
}

/** Whether `If-None-Match` names the row at `version`; tags compare weakly. */
export function notModified(header: string | undefined, version: unknown): boolean {
  if (header === undefined) return false;
  if (header.trim() === '*') return true;
  const tags = tagsOf(header, 'If-None-Match').map((tag) => tag.replace(/^W\//, ''));
  return tags.includes(etagOf(version));
}

/** What `If-Match` asks a row to be before it is changed. */
export class Precondition {
  readonly #tags: readonly string[] | null;

  constructor(tags: readonly string[] | null = null) {
    this.#tags = tags;
  }

  /** The precondition in `header`; throws a 400 for a malformed one. */
  static parse(header: string | undefined): Precondition {
    if (header === undefined || header.trim() === '*') return new Precondition();
    return new Precondition(tagsOf(header, 'If-Match'));
  }

  /** Whether the row must be at a certain version. */
  get isGiven(): boolean {
    return this.#tags !== null;
  }

  /** Throw the 412 where `row` is at none of the versions; weak tags never match. */
  check(row: Row): void {
    if (this.#tags?.includes(etagOf(row['version'])) === false) {
      throw new ApiError('PRECONDITION_FAILED');
    }
  }
}

/** Throw the 409 where a body was written against another version than the row's. */
export function checkVersion(row: Row, expected: unknown): void {
  if (expected !== undefined && row['version'] !== expected) throw new ApiError('VERSION_MISMATCH');
}
