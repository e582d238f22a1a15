/** Types of fields: what each takes in a body and in a query, and what it makes of it. */

import { expect, test } from 'vitest';

import {
  Choice,
  Day,
  Decimal,
  Double,
  Email,
  Fault,
  type FieldType,
  Flag,
  Identifier,
  Identifiers,
  Integer,
  Json,
  Moment,
  now,
  Text,
  Url,
} from '../../src/lib/contract/fields/index.ts';
import { type MessageKey, MESSAGES } from '../../src/lib/contract/messages.ts';

const ID = '0190b8c8-7f3a-7c4e-8d21-3f0a5b6c7d8e';
const FIRST_ID = '00000000-0000-0000-0000-000000000001';
const PRICE = new Decimal({ precision: 5, scale: 2, minimum: '-9', maximum: '99.90' });

/** The message of the fault that `work` throws, before its parameters. */
function faultOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof Fault) return error.message;
    throw error;
  }
  throw new Error('nothing was refused');
}

const opening = (message: MessageKey) => MESSAGES[message].split('{')[0] ?? '';

test.each<[FieldType, unknown, unknown]>([
  [new Text(), '', ''],
  [new Text({ maxLength: 2 }), '😀é', '😀é'],
  [new Text({ pattern: String.raw`[a-z]+\d` }), 'a1', 'a1'],
  [new Text({ pattern: '😀|a' }), '😀', '😀'],
  [new Email(), 'Ada@Example.COM', 'ada@example.com'],
  [new Url(), 'HTTPS://example.com/ä?q#f', 'HTTPS://example.com/ä?q#f'],
  [new Integer(), 1.0, 1],
  [new Integer(), -0, 0],
  [new Integer(), -(2 ** 31), -(2 ** 31)],
  [new Integer({ minimum: 2, maximum: 2 }), 2, 2],
  [new Integer({ multipleOf: 5 }), -10, -10],
  [new Double(), 1, 1],
  [new Double({ minimum: 0.5 }), 0.5, 0.5],
  [PRICE, '1.5', '1.50'],
  [PRICE, '-1.5', '-1.50'],
  [PRICE, '-0', '0.00'],
  [PRICE, '0099.90', '99.90'],
  [new Decimal({ precision: 2, scale: 2 }), '0.25', '0.25'],
  [new Decimal({ precision: 18, scale: 0 }), '999999999999999999', '999999999999999999'],
  [new Decimal({ precision: 18, scale: 2, multipleOf: '0.05' }), '0.15', '0.15'],
  [new Flag(), false, false],
  [new Choice(['a', 'b']), 'b', 'b'],
  [new Identifier(), ID.toUpperCase(), ID],
  [new Identifiers(), [ID, FIRST_ID], [FIRST_ID, ID]],
  [new Json(), { a: [null, 1, 'b'] }, { a: [null, 1, 'b'] }],
  [new Day(), '2032-02-29', '2032-02-29'],
  [new Day(), '0001-01-01', '0001-01-01'],
  [new Moment(), '2030-01-31T12:00:00Z', '2030-01-31T12:00:00.000Z'],
  [new Moment(), '2030-01-31t12:00:00.12z', '2030-01-31T12:00:00.120Z'],
  [new Moment(), '2030-01-31T12:00:00.1239+05:30', '2030-01-31T06:30:00.123Z'],
  [new Moment(), '2029-12-31T23:30:00-01:00', '2030-01-01T00:30:00.000Z'],
  [new Moment(), '0099-01-01T00:00:00Z', '0099-01-01T00:00:00.000Z'],
])('%o takes %j', (kind, given, value) => {
  expect(kind.accept(given)).toStrictEqual(value);
});

test.each<[FieldType, unknown, MessageKey]>([
  [new Text(), 1, 'string'],
  [new Text(), 'a\0b', 'null_character'],
  [new Text({ minLength: 2 }), '😀', 'min_length'],
  [new Text({ maxLength: 1 }), 'ab', 'max_length'],
  [new Text({ pattern: 'a' }), 'ab', 'pattern'],
  [new Text({ pattern: 'a|b' }), 'ab', 'pattern'],
  [new Text({ pattern: String.raw`\d` }), '٣', 'pattern'],
  [new Email(), 'ada', 'email'],
  [new Email(), 'ada@-example.com', 'email'],
  [new Email(9), 'ada@example.com', 'max_length'],
  [new Url(), 'ftp://example.com', 'url'],
  [new Url(), 'https://exa mple.com', 'url'],
  [new Url(9), 'https://example.com', 'max_length'],
  [new Integer(), '1', 'integer'],
  [new Integer(), 1.5, 'integer'],
  [new Integer(), true, 'integer'],
  [new Integer(), 2 ** 31, 'maximum'],
  [new Integer(), -(2 ** 31) - 1, 'minimum'],
  [new Integer({ multipleOf: 5 }), 4, 'multiple_of'],
  [new Double(), '1', 'number'],
  [new Double(), false, 'number'],
  [new Double({ maximum: 1 }), 1.5, 'maximum'],
  [PRICE, 1.5, 'decimal'],
  [PRICE, '1.', 'decimal'],
  [PRICE, '١', 'decimal'],
  [PRICE, '1.555', 'scale'],
  [PRICE, '1000', 'precision'],
  [PRICE, '-9.01', 'minimum'],
  [PRICE, '99.91', 'maximum'],
  [new Decimal({ precision: 18, scale: 2, multipleOf: '0.05' }), '0.11', 'multiple_of'],
  [new Flag(), 1, 'boolean'],
  [new Choice(['a']), 'A', 'choice'],
  [new Choice(['a']), ['a'], 'choice'],
  [new Identifier(), ID.replaceAll('-', ''), 'uuid'],
  [new Identifier(), 1, 'uuid'],
  [new Identifiers(), {}, 'list'],
  [new Identifiers(), ['x'], 'ids'],
  [new Identifiers(), [ID, ID.toUpperCase()], 'duplicates'],
  [new Identifiers(), Array.from({ length: 101 }, () => ID), 'max_items'],
  [new Json(), { a: ['\0'] }, 'null_character'],
  [new Json(), { '\0': 1 }, 'null_character'],
  [new Day(), '2030-02-29', 'date'],
  [new Day(), '2030-02-30', 'date'],
  [new Day(), '2030-1-1', 'date'],
  [new Day(), '0000-01-01', 'date'],
  [new Day(), 20_300_101, 'date'],
  [new Moment(), '2030-01-31T12:00:00', 'datetime'],
  [new Moment(), '2030-01-31 12:00:00Z', 'datetime'],
  [new Moment(), '2030-02-30T12:00:00Z', 'datetime'],
  [new Moment(), '2030-01-31T24:00:00Z', 'datetime'],
  [new Moment(), '2030-01-31T12:00:60Z', 'datetime'],
  [new Moment(), '2030-01-31T12:00:00+24:00', 'datetime'],
  [new Moment(), '0001-01-01T00:00:00+01:00', 'datetime'],
  [new Moment(), '0000-12-31T23:30:00-01:00', 'datetime'],
  [new Moment(), '9999-12-31T23:30:00-01:00', 'datetime'],
  [new Moment(), 0, 'datetime'],
])('%o refuses %j: %s', (kind, given, message) => {
  expect(faultOf(() => kind.accept(given))).toContain(opening(message));
});

test.each<[FieldType, string, unknown]>([
  [new Text(), '1', '1'],
  [new Integer(), '-12', -12],
  [new Double(), '-1.5e-1', -0.15],
  [PRICE, '1.5', '1.50'],
  [new Flag(), 'true', true],
  [new Flag(), 'false', false],
  [new Identifier(), ID, ID],
])('%o takes %s in a query', (kind, text, value) => {
  expect(kind.acceptText(text)).toStrictEqual(value);
});

test.each<[FieldType, string]>([
  [new Integer(), '1.0'],
  [new Integer(), '+1'],
  [new Integer(), '1'.repeat(18)],
  [new Integer(), ''],
  [new Double(), 'nan'],
  [new Double(), '1e999'],
  [new Double(), '0x1'],
  [new Flag(), 'True'],
  [new Flag(), '1'],
])('%o refuses %s in a query', (kind, text) => {
  expect(() => kind.acceptText(text)).toThrow(Fault);
});

test('messages name what limits a value', () => {
  expect(faultOf(() => new Integer({ minimum: 2 }).accept(1))).toBe('This must be at least 2.');
  expect(faultOf(() => PRICE.accept('99.91'))).toBe('This must be at most 99.90.');
  expect(faultOf(() => new Choice(['a', 'b']).accept('c'))).toBe('This must be one of: a, b.');
});

test('now is a moment as rows hold it', () => {
  const moment = now();
  expect(new Moment().accept(moment)).toBe(moment);
});
