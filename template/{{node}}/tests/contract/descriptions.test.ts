/** What the document says of each type of field. */

import { expect, test } from 'vitest';
import * as z from 'zod';

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
  type JsonSchema,
  Moment,
  Text,
  Url,
} from '../../src/lib/contract/fields/index.ts';

const WITHOUT_NULL = String.raw`^[^\u0000]*$`;

test.each<[FieldType, JsonSchema]>([
  [
    new Text({ minLength: 1, maxLength: 2 }),
    { type: 'string', minLength: 1, maxLength: 2, pattern: WITHOUT_NULL },
  ],
  [new Integer({ minimum: 1, maximum: 2 }), { type: 'integer', minimum: 1, maximum: 2 }],
  [new Integer(), { type: 'integer', minimum: -(2 ** 31), maximum: 2 ** 31 - 1 }],
  [new Double({ minimum: 0.5 }), { type: 'number', format: 'double', minimum: 0.5 }],
  [new Flag(), { type: 'boolean' }],
  [new Choice(['a']), { type: 'string', enum: ['a'] }],
  [new Identifier(), { type: 'string', format: 'uuid' }],
  [
    new Identifiers(),
    {
      type: 'array',
      items: { type: 'string', format: 'uuid' },
      maxItems: 100,
      uniqueItems: true,
    },
  ],
  [new Day(), { type: 'string', format: 'date' }],
  [new Moment(), { type: 'string', format: 'date-time' }],
])('%o is described', (kind, described) => {
  expect(kind.describe()).toStrictEqual(described);
});

const limits = z.object({
  maxLength: z.number().default(Number.POSITIVE_INFINITY),
  pattern: z.string(),
  allOf: z.array(z.object({ pattern: z.string() })).default([]),
});

/** Whether `text` fits every length and pattern of a description. */
function fits(described: JsonSchema, text: string): boolean {
  const { maxLength, allOf, pattern } = limits.parse(described);
  const patterns = [pattern, ...allOf.map((part) => part.pattern)];
  return text.length <= maxLength && patterns.every((each) => new RegExp(each, 'u').test(text));
}

function takes(kind: FieldType, text: string): boolean {
  try {
    kind.accept(text);
    return true;
  } catch (error) {
    if (error instanceof Fault) return false;
    throw error;
  }
}

test.each([
  [0, '12', true],
  [0, '1.0', false],
  [2, '1.25', true],
  [2, '1.255', false],
  [2, '125', false],
])('the pattern of a decimal of scale %i on %s is what it takes', (scale, text, isTaken) => {
  const kind = new Decimal({ precision: 4, scale });
  expect(fits(kind.describe(), text)).toBe(isTaken);
});

test.each<[FieldType, string]>([
  ...['', 'a\nb', '\0', 'a\0'].map((text): [FieldType, string] => [new Text(), text]),
  ...['a', '', 'b', 'aba', 'a\0'].map((text): [FieldType, string] => [
    new Text({ pattern: '[^b]+' }),
    text,
  ]),
  ...['a@b', '.*@b.example', 'a@', 'a b@c', 'a@b\0', 'a@-b'].map((text): [FieldType, string] => [
    new Email(),
    text,
  ]),
  ...['http://a', 'HTTPS://ä/?#', 'ftp://a', 'http://', 'x'.repeat(21)].map(
    (text): [FieldType, string] => [new Url(20), text],
  ),
])('%o takes %j just where its description says so', (kind, text) => {
  expect(takes(kind, text)).toBe(fits(kind.describe(), text));
});

test('the limits of a decimal are told in words', () => {
  const limited = new Decimal({ precision: 4, scale: 2, minimum: '0', multipleOf: '0.05' });
  expect(limited.describe()['description']).toBe('A number, at least 0, a multiple of 0.05.');
  expect(new Decimal({ precision: 4, scale: 2 }).describe()).not.toHaveProperty('description');
});

test('JSON is of any type but null, which its member allows', () => {
  expect(new Json().describe()['type']).toStrictEqual([
    'object',
    'array',
    'string',
    'number',
    'boolean',
  ]);
});
