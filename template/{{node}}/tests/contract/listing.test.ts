/** The query of a list, read strictly. */

import { expect, test } from 'vitest';

import { jsonName } from '../../src/lib/contract/casing.ts';
import * as fields from '../../src/lib/contract/fields/index.ts';
import { Listing, type Pair } from '../../src/lib/contract/listing.ts';
import { type MessageKey, MESSAGES } from '../../src/lib/contract/messages.ts';
import { representation } from '../../src/lib/contract/schema.ts';
import { faultsOf } from './faults.ts';

const Piece = representation(
  'Piece',
  {
    id: fields.identifier(),
    roomId: fields.identifier(),
    title: fields.text({ maxLength: 20 }),
    weight: fields.integer().nullable(),
    isInsured: fields.boolean(),
    createdAt: fields.moment(),
  },
  {
    description: 'What a museum shows.',
    filterable: ['roomId', 'title', 'weight', 'isInsured'],
    sortable: ['title', 'weight', 'createdAt'],
    searchable: ['title'],
  },
);
const Tag = representation('Tag', { id: fields.identifier() }, { description: 'A word.' });
const CREATED = jsonName('createdAt');
const INSURED = jsonName('isInsured');
const ROOM = jsonName('roomId');
const TAG = jsonName('tagId');
const LISTING = new Listing(Piece, { [TAG]: 'tagIds' });

const canonical = (...pairs: Pair[]) => LISTING.parse(pairs).canonical;
const refused = (...pairs: Pair[]) => faultsOf('INVALID_PARAMETER', () => LISTING.parse(pairs));

test('without parameters there are twenty of everything', () => {
  expect(LISTING.parse([])).toStrictEqual({
    limit: 20,
    cursor: null,
    sorts: [],
    filters: [],
    words: [],
    count: false,
    fields: [],
    canonical: [],
  });
});

test('each parameter is read once', () => {
  const id = '0190b8c8-7f3a-7c4e-8d21-3f0a5b6c7d8e';
  const query = LISTING.parse([
    ['limit', '3'],
    ['count', 'true'],
    ['sort', `-weight,${CREATED}`],
    ['weight[gte]', '1'],
    ['weight[lt]', '9'],
    ['weight[in]', '1,2'],
    ['weight[null]', 'false'],
    ['title[null]', 'true'],
    ['title[ne]', 'x'],
    [INSURED, 'true'],
    [`${TAG}[in]`, id],
    ['fields', 'title,id'],
  ]);
  expect([query.limit, query.count, query.fields]).toStrictEqual([3, true, ['title', 'id']]);
  expect(query.sorts).toStrictEqual([
    { attribute: 'weight', descending: true },
    { attribute: 'createdAt', descending: false },
  ]);
  expect(query.filters).toStrictEqual([
    { attribute: 'weight', operator: 'gte', value: 1 },
    { attribute: 'weight', operator: 'lt', value: 9 },
    { attribute: 'weight', operator: 'in', value: [1, 2] },
    { attribute: 'weight', operator: 'not_null', value: null },
    { attribute: 'title', operator: 'null', value: null },
    { attribute: 'title', operator: 'ne', value: 'x' },
    { attribute: 'isInsured', operator: 'eq', value: true },
    { attribute: 'tagIds', operator: 'in', value: [id] },
  ]);
});

test('a cursor is bound to order, filters and search but to nothing else', () => {
  const one = canonical(['title', 'x'], ['sort', 'title'], ['limit', '1'], ['count', 'true']);
  expect(canonical(['sort', 'title'], ['title', 'x'], ['fields', 'id'])).toStrictEqual(one);
  expect(canonical(['sort', 'title'])).not.toStrictEqual(one);
  expect(canonical(['q', 'a'])).not.toStrictEqual(canonical(['q', 'b']));
});

test.each<[string, string, MessageKey]>([
  ['nonsense', '1', 'unknown'],
  ['constructor', '1', 'unknown'],
  ['__proto__', '1', 'unknown'],
  ['id', '1', 'unknown'],
  ['', '', 'unknown'],
  ['title[', 'x', 'unknown'],
  ['title[]', 'x', 'unknown'],
  ['title[like]', 'x', 'unknown'],
  ['title[gt]', 'x', 'unknown'],
  [`${INSURED}[gt]`, 'true', 'unknown'],
  [`${TAG}[ne]`, 'x', 'unknown'],
  ['limit[gt]', '1', 'unknown'],
  ['title', 'a\0', 'null_character'],
  ['count', 'yes', 'boolean'],
  ['q', '', 'min_length'],
  ['q', '\u00a0 ', 'min_length'],
  ['q', 'x'.repeat(201), 'max_length'],
  ['limit', '', 'integer'],
  ['limit', '1.0', 'integer'],
  ['limit', '101', 'maximum'],
  ['sort', `title,title,-${CREATED},weight`, 'max_items'],
  ['sort', 'title,-title', 'duplicates'],
  ['sort', '--title', 'choice'],
  ['fields', 'id,id', 'duplicates'],
  ['weight', '1.5', 'integer'],
  ['weight[in]', '1,', 'integer'],
  ['weight[in]', Array.from({ length: 101 }, () => '1').join(','), 'max_items'],
  ['weight[null]', '1', 'boolean'],
  [INSURED, 'yes', 'boolean'],
  [ROOM, '1', 'uuid'],
  [TAG, '1', 'uuid'],
])('%s=%j is named: 400', (name, text, message) => {
  const [[field, said] = [], ...others] = refused([name, text]);
  expect(others).toStrictEqual([]);
  expect(field).toBe(name);
  expect(said).toContain(MESSAGES[message].split('{')[0]);
});

test('what is offered is named', () => {
  expect(refused(['sort', 'nonsense'])[0]?.[1]).toContain('title');
  expect(refused(['fields', 'nonsense'])[0]?.[1]).toContain('title');
});

test('every faulty parameter is named once: 400', () => {
  expect(refused(['limit', '0'], ['limit', '1'], ['a', '1'], ['weight', 'x'])).toStrictEqual([
    ['limit', 'This must be at least 1.'],
    ['a', MESSAGES.unknown],
    ['weight', MESSAGES.integer],
  ]);
});

test('one operator twice is repeated: 400', () => {
  expect(refused(['weight[gt]', '1'], ['weight[gt]', '2'])).toStrictEqual([
    ['weight[gt]', MESSAGES.repeated],
  ]);
});

test.each([TAG, 'q'])('a list without links and searchable fields knows no %s: 400', (name) => {
  const parse = () => new Listing(Tag).parse([[name, 'x']]);
  expect(faultsOf('INVALID_PARAMETER', parse)).toStrictEqual([[name, MESSAGES.unknown]]);
});

test('a search is parted into words, each once', () => {
  expect(LISTING.parse([['q', '  one\ttwo one\u3000']]).words).toStrictEqual(['one', 'two']);
  const longest = '😀'.repeat(200);
  expect(LISTING.parse([['q', longest]]).words).toStrictEqual([longest]);
});

test('a single row has no parameter but its fields: 400', () => {
  expect(LISTING.parseFields([['fields', 'id,title']])).toStrictEqual(['id', 'title']);
  expect(LISTING.parseFields([])).toStrictEqual([]);
  const parse = () => LISTING.parseFields([['limit', '1']]);
  expect(faultsOf('INVALID_PARAMETER', parse)).toStrictEqual([['limit', MESSAGES.unknown]]);
});

test('a mistake of the code is not taken for a fault of the query', () => {
  const broken = representation(
    'Broken',
    { id: fields.identifier() },
    { description: 'A mistake.', filterable: ['lost'] },
  );
  expect(() => new Listing(broken).parse([['lost', '1']])).toThrow(TypeError);
});
