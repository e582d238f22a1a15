/** Texts: lengths count code points, and U+0000 is refused. */

import { Fault, FieldType, type JsonSchema, withoutNothing } from './base.ts';

export const EMAIL_MAX_LENGTH = 254;
export const URL_MAX_LENGTH = 2048;
export const WITHOUT_NULL = String.raw`^[^\u0000]*$`;

// WHATWG HTML, "valid e-mail address": what <input type=email> takes.
const LABEL = '[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?';
const EMAIL = `^[a-zA-Z0-9.!#$%&'*+/=?^_\`{|}~-]+@${LABEL}(?:\\.${LABEL})*$`;

// White space and controls are listed: engines differ in what they count among them.
const BLANK = String.raw`\u0000-\u0020\u007f-\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff`;
const URL_FORM = `^[hH][tT][tT][pP][sS]?://[^/?#${BLANK}]+[^${BLANK}]*$`;

const EMAIL_PATTERN = new RegExp(EMAIL, 'u');
const URL_PATTERN = new RegExp(URL_FORM, 'u');

/** How many code points `text` has. */
export function lengthOf(text: string): number {
  const pairs = text.match(/[\ud800-\udbff][\udc00-\udfff]/g);
  return text.length - (pairs?.length ?? 0);
}

export interface TextLimits {
  readonly minLength?: number;
  readonly maxLength?: number;
  /** Must match the text whole. */
  readonly pattern?: string;
}

/** A string. */
export class Text extends FieldType<string> {
  readonly #limits: TextLimits;
  readonly #pattern: RegExp | undefined;

  constructor(limits: TextLimits = {}) {
    super();
    this.#limits = limits;
    this.#pattern =
      limits.pattern === undefined ? undefined : new RegExp(`^(?:${limits.pattern})$`, 'u');
  }

  /** The string as it is given. */
  accept(value: unknown): string {
    if (typeof value !== 'string') throw new Fault('string');
    if (value.includes('\0')) throw new Fault('null_character');
    const { minLength, maxLength } = this.#limits;
    const length = lengthOf(value);
    if (minLength !== undefined && length < minLength) {
      throw new Fault('min_length', { limit: minLength });
    }
    if (maxLength !== undefined && length > maxLength) {
      throw new Fault('max_length', { limit: maxLength });
    }
    if (this.#pattern?.test(value) === false) throw new Fault('pattern');
    return value;
  }

  /** A string with its limits. */
  describe(): JsonSchema {
    const { minLength, maxLength, pattern } = this.#limits;
    const limited = withoutNothing({ type: 'string', minLength, maxLength });
    if (pattern === undefined) return { ...limited, pattern: WITHOUT_NULL };
    return { ...limited, pattern: `^(?:${pattern})$`, allOf: [{ pattern: WITHOUT_NULL }] };
  }
}

/** An e-mail address, kept in lower case. */
export class Email extends FieldType<string> {
  readonly #maxLength: number;
  readonly #text: Text;

  constructor(maxLength = EMAIL_MAX_LENGTH) {
    super();
    this.#maxLength = maxLength;
    this.#text = new Text({ maxLength });
  }

  /** The address in lower case. */
  accept(value: unknown): string {
    const address = this.#text.accept(value);
    if (!EMAIL_PATTERN.test(address)) throw new Fault('email');
    return address.toLowerCase();
  }

  /** A string in the form of an address. */
  describe(): JsonSchema {
    const examples = ['person@example.com'];
    return { type: 'string', maxLength: this.#maxLength, pattern: EMAIL, examples };
  }
}

/** An http or https address, kept as it is given. */
export class Url extends FieldType<string> {
  readonly #maxLength: number;
  readonly #text: Text;

  constructor(maxLength = URL_MAX_LENGTH) {
    super();
    this.#maxLength = maxLength;
    this.#text = new Text({ maxLength });
  }

  /** The address unchanged. */
  accept(value: unknown): string {
    const address = this.#text.accept(value);
    if (!URL_PATTERN.test(address)) throw new Fault('url');
    return address;
  }

  /** A string in the form of an address. */
  describe(): JsonSchema {
    const examples = ['https://example.com/'];
    return { type: 'string', maxLength: this.#maxLength, pattern: URL_FORM, examples };
  }
}
