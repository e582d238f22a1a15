/** Numbers: `1.0` is a whole number, `"1"` is none, and a decimal is a string in JSON. */

import { Fault, FieldType, type JsonSchema, withoutNothing } from './base.ts';

const INT32 = { minimum: -(2 ** 31), maximum: 2 ** 31 - 1 };
const DECIMAL = /^-?[0-9]+(?:\.[0-9]+)?$/;
const INTEGER = /^-?[0-9]{1,17}$/;
const NUMBER = /^-?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?$/;

export interface Range<T> {
  readonly minimum?: T;
  readonly maximum?: T;
}

export interface Limits<T> extends Range<T> {
  readonly multipleOf?: T;
}

/** Throw the fault of a number that is beyond its range. */
function checkRange(value: number, { minimum, maximum }: Range<number>): void {
  if (minimum !== undefined && value < minimum) throw new Fault('minimum', { limit: minimum });
  if (maximum !== undefined && value > maximum) throw new Fault('maximum', { limit: maximum });
}

/** A whole number, of 32 bits unless its limits say otherwise. */
export class Integer extends FieldType<number> {
  readonly #limits: Limits<number>;

  constructor(limits: Limits<number> = {}) {
    super();
    this.#limits = { ...INT32, ...limits };
  }

  /** The number; `1.0` counts as 1. */
  accept(value: unknown): number {
    if (typeof value !== 'number' || !Number.isInteger(value)) throw new Fault('integer');
    checkRange(value, this.#limits);
    const { multipleOf } = this.#limits;
    if (multipleOf !== undefined && value % multipleOf !== 0) {
      throw new Fault('multiple_of', { step: multipleOf });
    }
    return value + 0; // -0 becomes 0
  }

  /** The number that is written in decimal digits. */
  override acceptText(written: string): number {
    if (!INTEGER.test(written)) throw new Fault('integer');
    return this.accept(Number(written));
  }

  /** A whole number with its limits. */
  describe(): JsonSchema {
    return { type: 'integer', ...this.#limits };
  }
}

/** A double. */
export class Double extends FieldType<number> {
  readonly #limits: Range<number>;

  constructor(limits: Range<number> = {}) {
    super();
    this.#limits = limits;
  }

  /** The number. */
  accept(value: unknown): number {
    if (typeof value !== 'number') throw new Fault('number');
    checkRange(value, this.#limits);
    return value;
  }

  /** The number that is written as JSON writes numbers. */
  override acceptText(written: string): number {
    const number = Number(written);
    if (!NUMBER.test(written) || !Number.isFinite(number)) throw new Fault('number');
    return this.accept(number);
  }

  /** A number with its limits. */
  describe(): JsonSchema {
    return { type: 'number', format: 'double', ...this.#limits };
  }
}

export interface DecimalLimits extends Limits<string> {
  /** The most digits. */
  readonly precision: number;
  /** How many of them stand after the point. */
  readonly scale: number;
}

const digitsAfterPoint = (decimal: string) => decimal.split('.')[1]?.length ?? 0;

/** Both decimals in the smallest unit that either names. */
function inUnits(one: string, other: string): [bigint, bigint] {
  const scale = Math.max(digitsAfterPoint(one), digitsAfterPoint(other));
  const units = (decimal: string) =>
    BigInt(decimal.replace('.', '')) * 10n ** BigInt(scale - digitsAfterPoint(decimal));
  return [units(one), units(other)];
}

function exceeds(one: string, other: string): boolean {
  const [left, right] = inUnits(one, other);
  return left > right;
}

function isMultiple(value: string, step: string): boolean {
  const [left, right] = inUnits(value, step);
  return left % right === 0n;
}

/** An exact decimal, which is a string everywhere. */
export class Decimal extends FieldType<string> {
  readonly #limits: DecimalLimits;

  constructor(limits: DecimalLimits) {
    super();
    this.#limits = limits;
  }

  /** The decimal at the column's scale; a JSON number is refused. */
  accept(value: unknown): string {
    if (typeof value !== 'string' || !DECIMAL.test(value)) throw new Fault('decimal');
    const { scale, precision } = this.#limits;
    const [digits = '', fraction = ''] = value.replace('-', '').split('.');
    if (fraction.length > scale) throw new Fault('scale', { limit: scale });
    const whole = digits.replace(/^0+/, '');
    if (whole.length > precision - scale)
      throw new Fault('precision', { limit: precision - scale });
    this.#check(value);
    const point = scale > 0 ? '.' : '';
    const size = `${whole || '0'}${point}${fraction.padEnd(scale, '0')}`;
    return value.startsWith('-') && /[1-9]/.test(size) ? `-${size}` : size;
  }

  #check(value: string): void {
    const { minimum, maximum, multipleOf } = this.#limits;
    if (minimum !== undefined && exceeds(minimum, value)) {
      throw new Fault('minimum', { limit: minimum });
    }
    if (maximum !== undefined && exceeds(value, maximum)) {
      throw new Fault('maximum', { limit: maximum });
    }
    if (multipleOf !== undefined && !isMultiple(value, multipleOf)) {
      throw new Fault('multiple_of', { step: multipleOf });
    }
  }

  /** A string of digits. */
  describe(): JsonSchema {
    const { precision, scale } = this.#limits;
    const whole = `[0-9]{1,${Math.max(precision - scale, 1)}}`;
    const fraction = scale > 0 ? `(?:\\.[0-9]{1,${scale}})?` : '';
    const pattern = `^-?0*${whole}${fraction}$`;
    const description = this.#limitsInWords();
    return withoutNothing({ type: 'string', format: 'decimal', pattern, description });
  }

  /** The limits, which JSON Schema cannot put upon strings. */
  #limitsInWords(): string | undefined {
    const { minimum, maximum, multipleOf } = this.#limits;
    const limits = { 'at least': minimum, 'at most': maximum, 'a multiple of': multipleOf };
    const words = Object.entries(withoutNothing(limits)).map((limit) => limit.join(' '));
    return words.length > 0 ? `A number, ${words.join(', ')}.` : undefined;
  }
}
