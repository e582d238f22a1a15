/** Paths and queries as the contract reads them: percent-encoded UTF-8, in the order given. */

import { ApiError } from '../errors.ts';

/** A parameter's name and its value. */
export type Pair = [name: string, value: string];

const PLAIN = /^[\w.~*,:;()[\]@!$'/-]*$/;
const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const lenient = new TextDecoder('utf-8', { ignoreBOM: true });

/**
 * Returns the names and values of a raw query.
 *
 * @throws ApiError the 400 for what is not UTF-8.
 */
export function queryPairs(raw: string): Pair[] {
  return raw
    .split('&')
    .filter(Boolean)
    .map((part) => {
      const [name = ''] = part.split('=', 1);
      return [readText(name), readText(part.slice(name.length + 1))];
    });
}

function readText(part: string): string {
  if (PLAIN.test(part)) return part;
  try {
    return strict.decode(bytesOf(part.replaceAll('+', ' ')));
  } catch {
    throw new ApiError('INVALID_PARAMETER');
  }
}

/** Returns a query that holds `pairs`. */
export function writeQuery(pairs: readonly Pair[]): string {
  return new URLSearchParams(pairs).toString();
}

/** Returns the path that `raw` says, in plain text; what is not UTF-8 in it names nothing. */
export function decodePath(raw: string): string {
  return raw.includes('%') ? lenient.decode(bytesOf(raw)) : raw;
}

/** Returns the bytes that `text` stands for; a `%` that begins none stands for itself. */
function bytesOf(text: string): Buffer {
  const decoded = text.replaceAll(/%([0-9a-f]{2})/giu, (_, digits: string) =>
    String.fromCodePoint(Number.parseInt(digits, 16)),
  );
  return Buffer.from(decoded, 'latin1'); // as Node gives what comes over the wire
}
