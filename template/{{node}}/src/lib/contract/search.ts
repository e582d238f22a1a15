/**
 * The parameter `q`: each of its words must occur in some field that is declared searchable.
 *
 * Two letters are one where Unicode's simple case folding (one code point for one) makes them so.
 * Every database is given the same expression for a word, which lists the letters, and so none
 * brings rules of its own.
 */

import { invalidParameter } from '../errors.ts';
import { Text } from './fields/index.ts';

/** What `q` may be. */
export const SEARCH = new Text({ minLength: 1, maxLength: 200 });

const CASED_BELOW = 0x2_0000; // no letter of a later plane has a case
const CASED = /\p{Changes_When_Casemapped}/u;
const DOTLESS_I = 'ı'; // folds to itself, though its capital is that of i
const SYNTAX = /[\\^$.*+?()[\]{}|]/;
// JavaScript's own \s leaves out U+0085 and the separators of ASCII, and takes U+FEFF in.
const WHITE_SPACE = new RegExp(
  String.raw`[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+`,
);

/** The words that white space parts, each once; throws a 400 where there is none. */
export function wordsOf(text: string): string[] {
  const words = SEARCH.accept(text).split(WHITE_SPACE).filter(Boolean);
  if (words.length === 0) throw invalidParameter('q', 'min_length', { limit: 1 });
  return [...new Set(words)];
}

/** A regular expression, as every database reads it, of `word` in any letter case. */
export function expressionOf(word: string): string {
  return Array.from(word, oneOf).join('');
}

function oneOf(character: string): string {
  const alike = letters().get(fold(character));
  if (alike) return `[${alike}]`;
  return SYNTAX.test(character) ? `\\${character}` : character;
}

/** The letter that stands for all that differ from `character` in case only. */
export function fold(character: string): string {
  if (character === DOTLESS_I) return character;
  const capital = alone(character.toUpperCase()) ?? character;
  return alone(capital.toLowerCase()) ?? capital;
}

/** `text` if it is a single code point. */
function alone(text: string): string | undefined {
  return String.fromCodePoint(text.codePointAt(0) ?? 0) === text ? text : undefined;
}

let table: Map<string, string> | undefined;

/** The letters that fold to each one, itself among them, where there are several. */
function letters(): Map<string, string> {
  table ??= lettersAlike();
  return table;
}

function lettersAlike(): Map<string, string> {
  const found = new Map<string, string>();
  for (let point = 0; point < CASED_BELOW; point++) {
    const character = String.fromCodePoint(point);
    const folded = CASED.test(character) ? fold(character) : character;
    if (folded !== character) found.set(folded, (found.get(folded) ?? folded) + character);
  }
  return found;
}
