/** Schemas: every fault named once, in the order of the members. */

import { expect, test } from 'vitest';
import * as z from 'zod';

import { jsonName } from '../../src/lib/contract/casing.ts';
import * as fields from '../../src/lib/contract/fields/index.ts';
import { MESSAGES } from '../../src/lib/contract/messages.ts';
import { input, representation } from '../../src/lib/contract/schema.ts';
import { faultsOf } from './faults.ts';

const members = {
  name: fields.text({ minLength: 2 }),
  sizeInCm: fields.integer().default(1),
  note: fields.text().nullable().default(null),
  isDone: fields.boolean().default(false),
};
const thing = input('Thing', members, { description: 'A body.' });
const change = input(
  'Change',
  { name: fields.text().optional(), note: fields.text().nullable().describe('A note.').optional() },
  { description: 'A patch.' },
);
const SIZE = jsonName('sizeInCm');
const DONE = jsonName('isDone');

const refused = (body: unknown) => faultsOf('VALIDATION_ERROR', () => thing.parse(body));

test('what is left out has its default', () => {
  expect(thing.parse({ name: 'ab' })).toStrictEqual({
    name: 'ab',
    sizeInCm: 1,
    note: null,
    isDone: false,
  });
});

test('a patch tells null from what is left out', () => {
  expect(change.parse({})).toStrictEqual({});
  expect(change.parse({ note: null })).toStrictEqual({ note: null });
});

test('every faulty member is named once and in order: 422', () => {
  const body = { wrong: 1, [DONE]: 1, [SIZE]: '1', name: null };
  expect(refused(body)).toStrictEqual([
    ['name', MESSAGES.not_null],
    [SIZE, MESSAGES.integer],
    [DONE, MESSAGES.boolean],
    ['wrong', MESSAGES.unknown],
  ]);
});

test('what is missing is named: 422', () => {
  expect(refused({})).toStrictEqual([['name', MESSAGES.required]]);
});

test.each(['__proto__', 'constructor', 'toString'])(
  'a member %s is as unknown as others: 422',
  (name) => {
    const body: unknown = JSON.parse(`{"name": "ab", "${name}": {}}`);
    expect(refused(body)).toStrictEqual([[name, MESSAGES.unknown]]);
  },
);

test.each([[[]], ['text'], [1], [null], [true]])('%j is no object: 422', (body) => {
  expect(refused(body)).toStrictEqual([['', MESSAGES.object]]);
});

test('a mistake of the code is not taken for a fault of the body', () => {
  class Broken extends fields.FieldType<string> {
    accept(): string {
      throw new RangeError('a mistake');
    }
    describe(): fields.JsonSchema {
      return {};
    }
  }
  const broken = input('Broken', { name: fields.field(new Broken()) }, { description: 'A body.' });
  expect(() => broken.parse({ name: 'a' })).toThrow(RangeError);
});

const ruled = representation('Thing', members, {
  description: 'A thing.',
  conditions: [{ field: 'note', others: { isDone: true, sizeInCm: 2 } }],
});

test.each([
  { note: null, isDone: true, sizeInCm: 2 },
  { isDone: true, sizeInCm: 2 },
])('a rule bites on %j, where every condition holds: 422', (values) => {
  const found = faultsOf('VALIDATION_ERROR', () => ruled.checkConditions(values));
  expect(found).toStrictEqual([['note', MESSAGES.not_null_when]]);
});

test.each([
  { note: '', isDone: true, sizeInCm: 2 },
  { note: null, isDone: true, sizeInCm: 1 },
  { note: null, isDone: false, sizeInCm: 2 },
])('a rule does not bite on %j', (values) => {
  expect(() => ruled.checkConditions(values)).not.toThrow();
});

test('the type of a member is found whatever its member allows', () => {
  expect(thing.memberType('name')).toBeInstanceOf(fields.Text);
  expect(thing.memberType('note')).toBeInstanceOf(fields.Text);
  expect(change.memberType('note')).toBeInstanceOf(fields.Text);
  expect(() => thing.memberType('wrong')).toThrow(TypeError);
});

test.each([
  [fields.text(), fields.Text],
  [fields.email(), fields.Email],
  [fields.url({ maxLength: 9 }), fields.Url],
  [fields.integer(), fields.Integer],
  [fields.bigint(), fields.Integer],
  [fields.number(), fields.Double],
  [fields.decimal({ precision: 3, scale: 1 }), fields.Decimal],
  [fields.boolean(), fields.Flag],
  [fields.choice('a', 'b'), fields.Choice],
  [fields.identifier(), fields.Identifier],
  [fields.identifiers(), fields.Identifiers],
  [fields.json(), fields.Json],
  [fields.day(), fields.Day],
  [fields.moment(), fields.Moment],
])('each helper makes a member of its type', (member, type) => {
  const shown = representation('Shown', { member }, { description: 'One member.' });
  expect(shown.memberType('member')).toBeInstanceOf(type);
});

test('whole numbers are of 32 bits or what a double holds exactly', () => {
  const wide = { minimum: Number.MIN_SAFE_INTEGER, maximum: 5 };
  expect(fields.typeOf(fields.bigint({ maximum: 5 }))?.describe()).toMatchObject(wide);
});

test('a member without a type of ours is a mistake of the code', () => {
  const untyped = input('Untyped', { name: z.string() }, { description: 'A body.' });
  expect(() => untyped.memberType('name')).toThrow(TypeError);
});
