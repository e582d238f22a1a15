/** What requests and answers are said to hold follows from types. */

import { expect, test } from 'vitest';
import * as z from 'zod';

import { jsonName } from '../../src/lib/contract/casing.ts';
import { Component, Components } from '../../src/lib/contract/describe/components.ts';
import { listParameters } from '../../src/lib/contract/describe/parameters.ts';
import { pageOf, readable, schemaOf } from '../../src/lib/contract/describe/schemas.ts';
import { Listing } from '../../src/lib/contract/listing.ts';
import { Sample, SampleCreate } from './library.ts';
import { refusalOf } from './faults.ts';

const LISTING = new Listing(Sample, { tag_id: 'tagIds' });
const VALUES: Readonly<Record<string, string>> = {
  uuid: '01900000-0000-7000-8000-000000000000',
  date: '2030-01-31',
  'date-time': '2030-01-31T12:00:00Z',
  decimal: '1.5',
  double: '1.5',
  boolean: 'true',
  integer: '1',
  string: 'a',
};

const schema = z.looseObject({ type: z.string(), format: z.string().optional() });
const parameter = z.object({
  name: z.string(),
  schema: schema.extend({ items: schema.optional(), enum: z.array(z.string()).optional() }),
});

/** The parameters that the document lists, each with a text that it takes. */
function documented(): [name: string, text: string][] {
  const components = new Components();
  const listed = z.array(z.looseObject({})).parse(components.resolve(listParameters(LISTING)));
  const own = listed.filter((each) => 'name' in each).map((each) => parameter.parse(each));
  return own.map((each) => {
    const kind = each.schema.items ?? each.schema;
    const [choice] = z.array(z.string()).parse(kind['enum'] ?? []);
    return [each.name, choice ?? VALUES[kind.format ?? kind.type] ?? ''];
  });
}

test('rows are described whole or as the members asked for', () => {
  const [whole, sparse] = z
    .tuple([z.instanceof(Component), z.instanceof(Component)])
    .parse(readable(Sample)['anyOf']);
  expect(whole.content['required']).toStrictEqual(Sample.attributes.map(jsonName));
  expect(sparse.name).toBe('SampleSparse');
  expect(sparse.content).not.toHaveProperty('required');
  expect(pageOf(Sample).content).toHaveProperty('properties.page');
});

test('members carry their documentation, and what their types say', () => {
  const properties = schemaOf(Sample).content['properties'];
  expect(properties).toMatchObject({
    name: { type: 'string', maxLength: 9, description: 'What it is called.' },
    note: { anyOf: [{ type: 'string' }, { type: 'null' }], description: 'What else there is.' },
    price: { format: 'decimal', description: 'What it costs. A number, at least 1.' },
  });
});

test('inputs require what has no default, and show plain defaults', () => {
  const { content } = schemaOf(SampleCreate);
  expect(content).toMatchObject({
    description: 'What makes one.',
    required: ['name'],
    additionalProperties: false,
    properties: { note: { default: null }, size: { default: 1 } },
  });
  expect(content['properties']).not.toHaveProperty([jsonName('otherIds'), 'default']);
});

test('every documented parameter is taken', () => {
  for (const pair of documented()) expect(() => LISTING.parse([pair])).not.toThrow();
});

test('no filter is taken that is not documented', () => {
  const known = new Set(documented().map(([name]) => name));
  const names = [...Sample.filterable.map(jsonName), 'tag_id', jsonName('note')];
  const operators = ['', '[in]', '[ne]', '[null]', '[gt]', '[gte]', '[lt]', '[lte]'];
  const others = names
    .flatMap((name) => operators.map((operator) => name + operator))
    .filter((name) => !known.has(name));
  expect(others).not.toHaveLength(0);
  for (const name of others) {
    expect(refusalOf(() => LISTING.parse([[name, '1']])).code).toBe('INVALID_PARAMETER');
  }
});

test('two components of one name stay apart', () => {
  const components = new Components();
  const [first, second] = [{ const: 1 }, { const: 2 }];
  const named = [first, second, { const: 1 }].map((content) =>
    components.resolve(new Component('schemas', 'Thing', content)),
  );
  expect(named).toStrictEqual([
    { $ref: '#/components/schemas/Thing' },
    { $ref: '#/components/schemas/Thing2' },
    { $ref: '#/components/schemas/Thing' },
  ]);
  expect(components.sections).toStrictEqual({ schemas: { Thing: first, Thing2: second } });
});
