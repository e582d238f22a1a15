/** Reading JSON strictly: what another parser would understand otherwise is refused. */

import { visit } from 'jsonc-parser';

import { ApiError } from '../errors.ts';

const MAX_DEPTH = 32;
// A byte order mark is kept, so that it is refused as it stands in no JSON.
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * The value that `body` holds.
 *
 * Throws `MALFORMED_JSON` for what is empty, not UTF-8, begins with a byte order mark, names a
 * member twice, holds NaN, a number beyond a double or a lone surrogate, or nests too deep.
 */
export function parseJson(body: Uint8Array): unknown {
  const [text, value] = read(body);
  // Depth comes first: it is what keeps the other reader's recursion short.
  if (!isSound(value, 0) || namesTwice(text)) throw new ApiError('MALFORMED_JSON');
  return value;
}

function read(body: Uint8Array): [text: string, value: unknown] {
  try {
    const text = utf8.decode(body);
    return [text, JSON.parse(text)];
  } catch {
    throw new ApiError('MALFORMED_JSON');
  }
}

function isSound(value: unknown, depth: number): boolean {
  if (typeof value === 'string') return value.isWellFormed();
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object' || value === null) return true;
  if (depth === MAX_DEPTH) return false;
  if (Array.isArray(value)) return value.every((part) => isSound(part, depth + 1));
  return Object.entries(value).every(
    ([key, part]) => key.isWellFormed() && isSound(part, depth + 1),
  );
}

/** Whether some object in `text`, which is JSON, names a member twice. */
function namesTwice(text: string): boolean {
  const open: Set<string>[] = [];
  let found = false;
  visit(text, {
    onObjectBegin: () => void open.push(new Set()),
    onObjectEnd: () => void open.pop(),
    onObjectProperty: (name) => {
      const names = open.at(-1);
      found ||= names?.has(name) ?? false;
      names?.add(name);
    },
  });
  return found;
}
