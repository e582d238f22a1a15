/** What requests may say outside their bodies. */

import { jsonName } from '../casing.ts';
import { TAGS } from '../etags.ts';
import { type FieldType, Identifier, type JsonSchema } from '../fields/index.ts';
import { isCompared, MAX_VALUES } from '../filters.ts';
import { DEFAULT_LIMIT, type Listing, MAX_LIMIT, MAX_SORTS } from '../listing.ts';
import { SEARCH } from '../search.ts';
import { Component } from './components.ts';

const COMPARISONS = {
  gt: 'greater than',
  gte: 'at least',
  lt: 'less than',
  lte: 'at most',
};

/** What stands in a list of parameters. */
export type Parameter = Component | JsonSchema;

/** A header that requests may have; `key` names it within the document. */
export function headerParameter(
  name: string,
  key: string,
  description: string,
  schema: JsonSchema,
): Component {
  return new Component('parameters', key, { name, in: 'header', description, schema });
}

const TAGS_SCHEMA = { type: 'string', pattern: `^(?:${TAGS})$`, examples: ['*', '"1"'] };

export const REQUEST_ID = headerParameter(
  'X-Request-ID',
  'RequestId',
  'A name for this request, of 1 to 128 letters, digits, `.`, `_` and `-`. The answer and the ' +
    'log repeat it; without one, or with any other, it is made.',
  { type: 'string' },
);
export const IF_MATCH = headerParameter(
  'If-Match',
  'IfMatch',
  'ETags, one of which the row must have, or `*`. Otherwise nothing changes: 412.',
  TAGS_SCHEMA,
);
export const IF_NONE_MATCH = headerParameter(
  'If-None-Match',
  'IfNoneMatch',
  'ETags that the client has already, or `*`. With one of them the answer is 304.',
  TAGS_SCHEMA,
);
export const ROW_ID = new Component('parameters', 'Id', {
  name: 'id',
  in: 'path',
  required: true,
  description: "The row's id; what is no UUID names no row.",
  schema: new Identifier().describe(),
});

function query(name: string, description: string, schema: JsonSchema): JsonSchema {
  return { name, in: 'query', description, schema };
}

function several(
  name: string,
  description: string,
  items: JsonSchema,
  maxItems: number,
  more: JsonSchema = {},
): JsonSchema {
  const schema = { type: 'array', items, minItems: 1, maxItems, ...more };
  return { ...query(name, description, schema), style: 'form', explode: false };
}

const LIMIT = new Component(
  'parameters',
  'Limit',
  query('limit', 'The most rows that one page holds.', {
    type: 'integer',
    minimum: 1,
    maximum: MAX_LIMIT,
    default: DEFAULT_LIMIT,
  }),
);
const CURSOR = new Component(
  'parameters',
  'Cursor',
  query(
    'cursor',
    'Where the page begins: what the page before named as the next one, of the same list.',
    { type: 'string' },
  ),
);
const COUNT = new Component(
  'parameters',
  'Count',
  query('count', 'Whether `page.total` counts the rows of all pages.', {
    type: 'boolean',
    default: false,
  }),
);

/** What a list may be asked for. */
export function listParameters(listing: Listing): Parameter[] {
  const { representation, links } = listing;
  const search = representation.searchable.length > 0 ? [searchParameter(listing)] : [];
  const filters = representation.filterable.flatMap((attribute) =>
    memberFilters(jsonName(attribute), representation.memberType(attribute)),
  );
  const linkFilters = Object.keys(links).flatMap((name) => plainFilters(name, new Identifier()));
  const order = [sortParameter(listing), fieldsParameter(listing)];
  return [LIMIT, CURSOR, COUNT, ...order, ...search, ...filters, ...linkFilters];
}

function searchParameter({ representation }: Listing): JsonSchema {
  const names = representation.searchable.map((attribute) => `\`${jsonName(attribute)}\``);
  const about =
    `Rows in which each word, parted by white space, occurs in ${names.join(' or ')}. Letter ` +
    'case does not count, accents do; no character stands for others.';
  return query('q', about, { ...SEARCH.describe(), pattern: String.raw`\S` });
}

/** The parameter that says which members are answered. */
export function fieldsParameter({ representation }: Listing): JsonSchema {
  const names = representation.attributes.map(jsonName);
  const about = 'Answer these members only. Such an answer has no ETag.';
  const items = { type: 'string', enum: names };
  return several('fields', about, items, names.length, { uniqueItems: true });
}

function sortParameter({ representation }: Listing): JsonSchema {
  const keys = representation.sortable.map(jsonName).flatMap((name) => [name, `-${name}`]);
  const about = 'The order, none named twice; `-` means descending. Without it newest come first.';
  return several('sort', about, { type: 'string', enum: keys }, MAX_SORTS);
}

function plainFilters(name: string, kind: FieldType): JsonSchema[] {
  const schema = kind.describe();
  return [
    query(name, `Rows whose \`${name}\` is this.`, schema),
    several(`${name}[in]`, `Rows whose \`${name}\` is one of these.`, schema, MAX_VALUES),
  ];
}

function memberFilters(name: string, kind: FieldType): JsonSchema[] {
  const schema = kind.describe();
  const isNot = `Rows whose \`${name}\` is not this; null is not this either.`;
  const isNull = `Rows whose \`${name}\` is null (\`true\`), or is not (\`false\`).`;
  const comparisons = Object.entries(COMPARISONS).map(([operator, words]) =>
    query(`${name}[${operator}]`, `Rows whose \`${name}\` is ${words} this.`, schema),
  );
  return [
    ...plainFilters(name, kind),
    query(`${name}[ne]`, isNot, schema),
    query(`${name}[null]`, isNull, { type: 'boolean' }),
    ...(isCompared(kind) ? comparisons : []),
  ];
}

/** The description of a part of the path that is no id. */
export function pathParameter(name: string, description: string): JsonSchema {
  return { name, in: 'path', required: true, description, schema: { type: 'string' } };
}
