/**
 * The statements that read a resource: compiled once for each shape of a request, then reused.
 *
 * What a request asks for decides the statement's shape; what it names are parameters.
 */

import {
  type Column,
  gt,
  gte,
  isNotNull,
  isNull,
  lt,
  lte,
  ne,
  type SQL,
  sql,
  eq,
  type Table,
} from 'drizzle-orm';

import { REGEXP } from '../dialect.ts';
import { compile, type Decoder, type Parameters, type Statement } from '../statement.ts';
import { asSql, type Condition } from './access.ts';
import { allOf, anyOf, isOneOf, oneOf, parameter, roomFor } from './conditions.ts';
import type { Filter, Operator } from './filters.ts';
import { Key, segmentsAfter } from './keyset.ts';
import type { ListQuery, Sort } from './listing.ts';
import { expressionOf } from './search.ts';
import { columnOf, type Link, type Links } from './tables.ts';

/** All that tells one list statement from another, its access apart. */
export interface ListShape {
  readonly attributes: readonly string[];
  readonly sorts: readonly Sort[];
  readonly conditions: readonly ConditionShape[];
  /** The attributes that words are looked for in. */
  readonly searched: readonly string[];
  /** How many words. */
  readonly words: number;
  /** Which of the last row's keys are null; null for a first page. */
  readonly after: readonly boolean[] | null;
}

interface ConditionShape {
  readonly attribute: string;
  readonly operator: Operator;
  /** How many values it has room for. */
  readonly room: number;
}

/** What statements of one resource are about. */
export interface Source {
  readonly table: Table;
  readonly links: Links;
}

const ROW_LIMIT = sql.placeholder('row_limit');
const COUNT: Decoder = { mapFromDriverValue: Number };
/** PostgreSQL answers a boolean, the others a number. */
const FLAG: Decoder = { mapFromDriverValue: (value) => Boolean(Number(value)) };

/** Returns the shape of the statement that reads `attributes` of what `query` asks for. */
export function shapeOf(
  query: ListQuery,
  attributes: readonly string[],
  searchable: readonly string[],
  after: readonly unknown[] | null,
): ListShape {
  return {
    attributes,
    sorts: query.sorts,
    conditions: query.filters.map(conditionShape),
    searched: query.words.length > 0 ? searchable : [],
    words: query.words.length,
    after: after && after.map((value) => value === null),
  };
}

function conditionShape({ attribute, operator, value }: Filter): ConditionShape {
  return { attribute, operator, room: Array.isArray(value) ? roomFor(value.length) : 1 };
}

/** Returns the order that `sorts` ask for: newest first without any, ties by id. */
export function keysOf(sorts: readonly Sort[], table: Table): Key[] {
  const keys = sorts.map((sort) => new Key(columnOf(table, sort.attribute), sort.descending));
  return [...keys, new Key(columnOf(table, 'id'), sorts.at(-1)?.descending ?? true)];
}

/** Compiles the statement of one page and one row more, in order; the keys are its last values. */
export function listStatement(shape: ListShape, source: Source, mayRead: Condition): Statement {
  const keys = keysOf(shape.sorts, source.table);
  const columns = shape.attributes.map((attribute) => columnOf(source.table, attribute));
  const selected = [
    ...columns.map((column, at) => sql`${column} as ${sql.identifier(`value_${at}`)}`),
    ...keys.map((key, at) => sql`${key.column} as ${sql.identifier(`key_${at}`)}`),
  ];
  const wanted = sql`select ${sql.join(selected, sql`, `)} from ${source.table}`;
  const conditions = [asSql(mayRead), ...conditionsOf(shape, source)];
  const segments = shape.after ? segmentsAfter(keys, shape.after) : [];
  const pages = (segments.length > 0 ? segments : [asSql(true)]).map((segment) =>
    ordered(
      sql`${wanted} where ${allOf(...conditions, segment)}`,
      keys.map((key) => key.order()),
    ),
  );
  return compile(inSequence(pages, keys), [...columns, ...keys.map((key) => key.column)]);
}

function inSequence(pages: readonly SQL[], keys: readonly Key[]): SQL {
  const [page] = pages;
  if (page && pages.length === 1) return page;
  const parts = pages.map(
    (part, at) => sql`select * from (${part}) as ${sql.identifier(`segment_${at}`)}`,
  );
  const order = keys.map((key, at) => key.order(sql.identifier(`key_${at}`)));
  return ordered(sql.join(parts, sql` union all `), order);
}

function ordered(rows: SQL, order: readonly SQL[]): SQL {
  return sql`${rows} order by ${sql.join([...order], sql`, `)} limit ${ROW_LIMIT}`;
}

/** Compiles the statement that counts the rows of all pages. */
export function countStatement(shape: ListShape, source: Source, mayRead: Condition): Statement {
  const conditions = allOf(asSql(mayRead), ...conditionsOf(shape, source));
  return compile(sql`select count(*) from ${source.table} where ${conditions}`, [COUNT]);
}

function conditionsOf(shape: ListShape, source: Source): SQL[] {
  const filters = shape.conditions.map((condition, at) => {
    const link = source.links[condition.attribute];
    if (link) return linked(link, columnOf(source.table, 'id'), condition, `filter_${at}`);
    return compared(columnOf(source.table, condition.attribute), condition, `filter_${at}`);
  });
  const fields = shape.searched.map((attribute) => columnOf(source.table, attribute));
  const words = Array.from({ length: shape.words }, (_, at) => occurs(`word_${at}`, fields));
  return [...filters, ...words];
}

function occurs(name: string, fields: readonly Column[]): SQL {
  const word = sql.placeholder(name);
  return anyOf(...fields.map((field) => sql`${field}${REGEXP}${word}`));
}

function linked(link: Link, rowId: Column, condition: ConditionShape, name: string): SQL {
  const named = compared(link.right, condition, name);
  return sql`exists (select 1 from ${link.left.table} where ${link.left} = ${rowId} and ${named})`;
}

function compared(column: Column, { operator, room }: ConditionShape, name: string): SQL {
  if (operator === 'null') return isNull(column);
  if (operator === 'not_null') return isNotNull(column);
  if (operator === 'in') return isOneOf(column, name, room);
  const value = parameter(name, column);
  if (operator === 'ne') return anyOf(ne(column, value), isNull(column));
  return COMPARISONS[operator](column, value);
}

const COMPARISONS = { eq, gt, gte, lt, lte };

/** Returns what the statement's parameters stand for; one row more tells whether it goes on. */
export function listParameters(query: ListQuery, after: readonly unknown[] | null): Parameters {
  const keys = (after ?? []).map((value, at) => [`after_${at}`, value] as const);
  return { row_limit: query.limit + 1, ...countParameters(query), ...Object.fromEntries(keys) };
}

/** Returns what the parameters of a count stand for. */
export function countParameters(query: ListQuery): Parameters {
  const filters = query.filters.map(({ value }, at) =>
    Array.isArray(value) ? oneOf(`filter_${at}`, value) : { [`filter_${at}`]: value },
  );
  const words = query.words.map((word, at) => ({ [`word_${at}`]: expressionOf(word) }));
  return Object.fromEntries([...filters, ...words].flatMap((part) => Object.entries(part)));
}

/** Compiles the statement of one row by its id; its last value is whether it may be changed. */
export function rowStatement(
  table: Table,
  attributes: readonly string[],
  mayRead: Condition,
  mayChange: Condition,
): Statement {
  const columns = attributes.map((attribute) => columnOf(table, attribute));
  const id = columnOf(table, 'id');
  const selected = sql.join(
    [...columns, sql`case when ${asSql(mayChange)} then 1 else 0 end`],
    sql`, `,
  );
  const condition = allOf(eq(id, parameter('row_id', id)), asSql(mayRead));
  return compile(sql`select ${selected} from ${table} where ${condition}`, [...columns, FLAG]);
}
