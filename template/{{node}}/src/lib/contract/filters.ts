/** Conditions that the query of a list puts upon rows. */

import { invalidParameter } from '../errors.ts';
import { Day, Decimal, Double, type FieldType, Integer, Moment } from './fields/index.ts';

export const MAX_VALUES = 100;

const COMPARED = [Integer, Double, Decimal, Day, Moment];
const COMPARISONS = ['gt', 'gte', 'lt', 'lte'] as const;

export type Operator = 'eq' | 'ne' | 'in' | 'null' | 'not_null' | (typeof COMPARISONS)[number];

/** One condition. */
export interface Filter {
  readonly attribute: string;
  readonly operator: Operator;
  /** Of the member's type; a list of such for `in`. */
  readonly value: unknown;
}

/** Whether values of `kind` can be compared with less and greater. */
export function isCompared(kind: FieldType): boolean {
  return COMPARED.some((type) => kind instanceof type);
}

/**
 * The condition that `text` puts upon `attribute`, whose type is `kind`.
 *
 * Throws the 400 or the fault of the parameter `name`; without an operator the value must be equal.
 */
export function filterOf(
  attribute: string,
  kind: FieldType,
  operator: string,
  text: string,
  name: string,
): Filter {
  const comparison = COMPARISONS.find((each) => each === operator);
  if (operator === '') return { attribute, operator: 'eq', value: kind.acceptText(text) };
  if (operator === 'ne') return { attribute, operator, value: kind.acceptText(text) };
  if (operator === 'in') return { attribute, operator, value: valuesOf(kind, text, name) };
  if (operator === 'null') {
    return { attribute, operator: trueOrFalse(name, text) ? 'null' : 'not_null', value: null };
  }
  if (comparison && isCompared(kind)) {
    return { attribute, operator: comparison, value: kind.acceptText(text) };
  }
  throw invalidParameter(name, 'unknown');
}

/** The boolean that `text` writes; throws the 400 of the parameter `name` for any other text. */
export function trueOrFalse(name: string, text: string): boolean {
  if (text !== 'true' && text !== 'false') throw invalidParameter(name, 'boolean');
  return text === 'true';
}

function valuesOf(kind: FieldType, text: string, name: string): unknown[] {
  const parts = text.split(',');
  if (parts.length > MAX_VALUES) throw invalidParameter(name, 'max_items', { limit: MAX_VALUES });
  return parts.map((part) => kind.acceptText(part));
}
