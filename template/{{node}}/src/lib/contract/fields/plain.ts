/** Booleans, choices, identifiers and any JSON. */

import { Fault, FieldType, type JsonSchema } from './base.ts';
import { WITHOUT_NULL } from './texts.ts';

export const MAX_IDENTIFIERS = 100;
const UUID = /^[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$/;

/** True or false. */
export class Flag extends FieldType<boolean> {
  /** The boolean. */
  accept(value: unknown): boolean {
    if (typeof value !== 'boolean') throw new Fault('boolean');
    return value;
  }

  /** The boolean that is written `true` or `false`. */
  override acceptText(written: string): boolean {
    if (written !== 'true' && written !== 'false') throw new Fault('boolean');
    return written === 'true';
  }

  /** A boolean. */
  describe(): JsonSchema {
    return { type: 'boolean' };
  }
}

/** One of a few strings. */
export class Choice<T extends string> extends FieldType<T> {
  readonly #values: readonly T[];

  constructor(values: readonly T[]) {
    super();
    this.#values = values;
  }

  /** The string, which must be one of the values. */
  accept(value: unknown): T {
    const found = this.#values.find((each) => each === value);
    if (found === undefined) throw new Fault('choice', { values: this.#values.join(', ') });
    return found;
  }

  /** A string with its values. */
  describe(): JsonSchema {
    return { type: 'string', enum: [...this.#values] };
  }
}

/** The UUID that `text` writes as 8-4-4-4-12 hexadecimal digits, in lower case; else null. */
export function parseUuid(text: unknown): string | null {
  return typeof text === 'string' && UUID.test(text) ? text.toLowerCase() : null;
}

/** The UUID of a row. */
export class Identifier extends FieldType<string> {
  /** The UUID in lower case, whatever case it is written in. */
  accept(value: unknown): string {
    const found = parseUuid(value);
    if (found === null) throw new Fault('uuid');
    return found;
  }

  /** A string in the form of a UUID. */
  describe(): JsonSchema {
    return { type: 'string', format: 'uuid' };
  }
}

/** The UUIDs of several rows, each at most once. */
export class Identifiers extends FieldType<string[]> {
  /** The UUIDs in ascending order. */
  accept(value: unknown): string[] {
    if (!Array.isArray(value)) throw new Fault('list');
    if (value.length > MAX_IDENTIFIERS) throw new Fault('max_items', { limit: MAX_IDENTIFIERS });
    const ids = value.map(parseUuid).filter((id) => id !== null);
    if (ids.length < value.length) throw new Fault('ids');
    if (new Set(ids).size < ids.length) throw new Fault('duplicates');
    return ids.sort();
  }

  /** A list of UUIDs. */
  describe(): JsonSchema {
    const items = { type: 'string', format: 'uuid' };
    return { type: 'array', items, maxItems: MAX_IDENTIFIERS, uniqueItems: true };
  }
}

/** Any JSON value. */
export class Json extends FieldType {
  /** The value as it is, unless a text in it holds U+0000. */
  accept(value: unknown): unknown {
    if (hasNullCharacter(value)) throw new Fault('null_character');
    return value;
  }

  /** The schema that anything but null fits, which is for the member to allow. */
  describe(): JsonSchema {
    const type = ['object', 'array', 'string', 'number', 'boolean'];
    return { type, items: {}, pattern: WITHOUT_NULL };
  }
}

function hasNullCharacter(value: unknown): boolean {
  if (typeof value === 'string') return value.includes('\0');
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).flat().some(hasNullCharacter);
}
