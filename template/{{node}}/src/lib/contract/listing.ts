/** The query of a list: paging, order, filters, search and sparse fields, parsed once. */

import { ApiError, type Detail, invalidParameter } from '../errors.ts';
import { jsonName } from './casing.ts';
import { Fault, Identifier, Integer } from './fields/index.ts';
import { type Filter, filterOf, trueOrFalse } from './filters.ts';
import type { Representation } from './schema.ts';
import { wordsOf } from './search.ts';

export const DEFAULT_LIMIT = 20;
export const MAX_LIMIT = 100;
export const MAX_SORTS = 3;

const LIMIT = new Integer({ minimum: 1, maximum: MAX_LIMIT });
const UNBOUND = new Set(['limit', 'cursor', 'count', 'fields']);

/** A name and a text of a query, as they stand in the URL. */
export type Pair = readonly [name: string, text: string];

/** One key of the order. */
export interface Sort {
  readonly attribute: string;
  readonly descending: boolean;
}

/** What one request for a list asks for. */
export interface ListQuery {
  readonly limit: number;
  readonly cursor: string | null;
  readonly sorts: readonly Sort[];
  readonly filters: readonly Filter[];
  readonly words: readonly string[];
  readonly count: boolean;
  /** The members that are wanted; none means all. */
  readonly fields: readonly string[];
  /** The parameters that a cursor is bound to, in order. */
  readonly canonical: readonly Pair[];
}

type Draft = { -readonly [Key in keyof ListQuery]: ListQuery[Key] };

/** What lists of one resource may be asked for. */
export class Listing {
  readonly representation: Representation;
  /** The name that a many-to-many relation has as a filter, to its attribute. */
  readonly links: Readonly<Record<string, string>>;
  readonly #readers: Readonly<Record<string, (text: string) => Partial<ListQuery>>>;

  constructor(representation: Representation, links: Readonly<Record<string, string>> = {}) {
    this.representation = representation;
    this.links = links;
    const { attributes, sortable, searchable } = representation;
    this.#readers = {
      limit: (text) => ({ limit: LIMIT.acceptText(text) }),
      cursor: (text) => ({ cursor: text }),
      count: (text) => ({ count: trueOrFalse('count', text) }),
      sort: (text) => ({ sorts: sortsOf(text, sortable) }),
      fields: (text) => ({ fields: fieldsOf(text, attributes) }),
      ...(searchable.length > 0 && { q: (text: string) => ({ words: wordsOf(text) }) }),
    };
  }

  /** The query that `pairs` ask for; throws the 400 that names each faulty parameter once. */
  parse(pairs: readonly Pair[]): ListQuery {
    const faults = new Map<string, Detail>();
    const seen = new Set<string>();
    const query = emptyQuery(pairs);
    for (const [name, text] of pairs) {
      try {
        if (seen.has(name)) throw invalidParameter(name, 'repeated');
        seen.add(name);
        this.#read(name, text, query);
      } catch (error) {
        if (!faults.has(name)) faults.set(name, faultOf(error, name));
      }
    }
    if (faults.size > 0) throw new ApiError('INVALID_PARAMETER', { details: [...faults.values()] });
    return query;
  }

  /** The members that a request for a single row asks for; none means all. */
  parseFields(pairs: readonly Pair[]): readonly string[] {
    const other = pairs.find(([name]) => name !== 'fields');
    if (other) throw invalidParameter(other[0], 'unknown');
    return this.parse(pairs).fields;
  }

  #read(name: string, text: string, query: Draft): void {
    if (text.includes('\0')) throw invalidParameter(name, 'null_character');
    if (Object.hasOwn(this.#readers, name)) Object.assign(query, this.#readers[name]?.(text));
    else query.filters = [...query.filters, this.#filter(name, text)];
  }

  #filter(name: string, text: string): Filter {
    const [, member = name, operator = ''] = /^([^[]*)\[(.+)\]$/s.exec(name) ?? [];
    if (Object.hasOwn(this.links, member) && ['', 'in'].includes(operator)) {
      return filterOf(this.links[member] ?? '', new Identifier(), operator, text, name);
    }
    const attribute = this.representation.filterable.find((each) => jsonName(each) === member);
    if (attribute === undefined) throw invalidParameter(name, 'unknown');
    const kind = this.representation.memberType(attribute);
    return filterOf(attribute, kind, operator, text, name);
  }
}

function emptyQuery(pairs: readonly Pair[]): Draft {
  const bound = pairs.filter(([name]) => !UNBOUND.has(name));
  return {
    limit: DEFAULT_LIMIT,
    cursor: null,
    sorts: [],
    filters: [],
    words: [],
    count: false,
    fields: [],
    canonical: bound.sort(([one], [other]) => (one < other ? -1 : 1)),
  };
}

function faultOf(error: unknown, name: string): Detail {
  if (error instanceof Fault) return { field: name, message: error.message };
  if (error instanceof ApiError && error.details[0]) return error.details[0];
  throw error;
}

/** The attribute of each name; throws the 400 of `parameter` for any other and for a repeated one. */
function attributesOf(parameter: string, names: string[], attributes: readonly string[]): string[] {
  const known = new Map(attributes.map((attribute) => [jsonName(attribute), attribute]));
  const found = names.map((name) => known.get(name)).filter((each) => each !== undefined);
  if (found.length < names.length) {
    throw invalidParameter(parameter, 'choice', { values: [...known.keys()].join(', ') });
  }
  return found;
}

function sortsOf(text: string, sortable: readonly string[]): Sort[] {
  const keys = text.split(',');
  const attributes = attributesOf(
    'sort',
    keys.map((key) => key.replace(/^-/, '')),
    sortable,
  );
  if (keys.length > MAX_SORTS) throw invalidParameter('sort', 'max_items', { limit: MAX_SORTS });
  refuseRepeated('sort', attributes);
  return attributes.map((attribute, at) => ({
    attribute,
    descending: keys[at]?.startsWith('-') ?? false,
  }));
}

function fieldsOf(text: string, attributes: readonly string[]): string[] {
  const found = attributesOf('fields', text.split(','), attributes);
  refuseRepeated('fields', found);
  return found;
}

function refuseRepeated(parameter: string, attributes: string[]): void {
  if (new Set(attributes).size < attributes.length) throw invalidParameter(parameter, 'duplicates');
}
