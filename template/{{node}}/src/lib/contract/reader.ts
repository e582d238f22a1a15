/** One resource's rows, read by the contract's rules. */

import { getTableName } from 'drizzle-orm';

import type { Caller } from '../auth/caller.ts';
import type { AnyTable } from '../columns.ts';
import type { Session } from '../db.ts';
import { ApiError, notFound } from '../errors.ts';
import { type Statement, StatementCache } from '../statement.ts';
import { type Action, callerParameters, keyOf, type Policy } from './access.ts';
import { readPosition, writePosition } from './cursors.ts';
import { readLinks } from './links.ts';
import { Listing, type ListQuery } from './listing.ts';
import type { Page, Row } from './pages.ts';
import type { Representation } from './schema.ts';
import {
  countParameters,
  countStatement,
  listParameters,
  type ListShape,
  listStatement,
  rowStatement,
  shapeOf,
} from './statements.ts';
import { columnsOf, know, type Link, type Links, tableOf } from './tables.ts';

/** What a repository is about. */
export interface RepositoryOptions {
  readonly table: AnyTable;
  readonly representation: Representation;
  readonly policy: Policy;
  readonly links?: Links;
  /** The name that a many-to-many relation has as a filter, to its attribute. */
  readonly linkFilters?: Readonly<Record<string, string>>;
}

/** The rows of one resource, as its policy lets each caller see them. */
export class Reader {
  readonly table: AnyTable;
  /** The table's name, as audit records have it. */
  readonly name: string;
  readonly links: Links;
  readonly policy: Policy;
  readonly representation: Representation;
  readonly listing: Listing;
  readonly #members: readonly string[];
  readonly #statements = new StatementCache();

  constructor(options: RepositoryOptions) {
    this.table = options.table;
    this.name = getTableName(options.table);
    this.links = options.links ?? {};
    this.policy = options.policy;
    this.representation = options.representation;
    this.listing = new Listing(options.representation, options.linkFilters);
    this.#members = options.representation.attributes;
    for (const link of Object.values(this.links)) know(tableOf(link.left));
  }

  /** Returns the page that `query` asks for, of the rows that `caller` may read. */
  async page(session: Session, caller: Caller | null, query: ListQuery): Promise<Page> {
    const wanted = query.fields.length > 0 ? query.fields : this.#members;
    const attributes = this.#stored(wanted);
    const after = readPosition(query, this.name, this.representation);
    const shape = shapeOf(query, attributes, this.representation.searchable, after);
    const statement = this.#listStatement(shape, caller);
    const parameters = { ...listParameters(query, after), ...callerParameters(caller) };
    const found = await session.rows(statement, parameters);
    const shown = found.slice(0, query.limit);
    const rows = shown.map((values) => rowOf(attributes, values));
    const ids = shown.map((values) => String(values.at(-1)));
    const last = found.length > query.limit ? (shown.at(-1) ?? []) : [];
    return {
      rows: await this.#withLinks(session, wanted, rows, ids),
      limit: query.limit,
      nextCursor: writePosition(query, this.name, last.slice(attributes.length)),
      total: query.count ? await this.#count(session, caller, query, shape) : null,
    };
  }

  /** Returns the row with `rowId`; throws a 404 where `caller` may not read it. */
  async find(
    session: Session,
    caller: Caller | null,
    rowId: string | null,
    fields: readonly string[] = [],
  ): Promise<Row> {
    const wanted = fields.length > 0 ? fields : this.#members;
    const [row] = await this.#find(session, caller, rowId, 'get', wanted);
    return row;
  }

  /**
   * Returns the row with `rowId` and all its columns, for `action`.
   *
   * Throws a 404 where `caller` may not read it, a 403 where he may but not do `action`.
   */
  async findFor(
    action: Action,
    session: Session,
    caller: Caller | null,
    rowId: string | null,
  ): Promise<Row> {
    const everything = [...Object.keys(columnsOf(this.table)), ...Object.keys(this.links)];
    const [row, mayChange] = await this.#find(session, caller, rowId, action, everything);
    if (!mayChange) throw new ApiError('FORBIDDEN');
    return row;
  }

  async #count(
    session: Session,
    caller: Caller | null,
    query: ListQuery,
    shape: ListShape,
  ): Promise<number> {
    const statement = this.#statements.get(`count ${keyOf(caller)} ${JSON.stringify(shape)}`, () =>
      countStatement(shape, this, this.policy.condition('list', caller)),
    );
    const parameters = { ...countParameters(query), ...callerParameters(caller) };
    const [[total] = []] = await session.rows(statement, parameters);
    return Number(total);
  }

  async #find(
    session: Session,
    caller: Caller | null,
    rowId: string | null,
    action: Action,
    wanted: readonly string[],
  ): Promise<[row: Row, mayChange: boolean]> {
    if (rowId === null) throw notFound();
    const attributes = this.#stored(wanted);
    const statement = this.#statements.get(
      `${action} ${keyOf(caller)} ${attributes.join()}`,
      () => {
        const mayRead = this.policy.condition('get', caller);
        return rowStatement(this.table, attributes, mayRead, this.policy.condition(action, caller));
      },
    );
    const parameters = { row_id: rowId, ...callerParameters(caller) };
    const [values] = await session.rows(statement, parameters);
    if (!values) throw notFound();
    const rows = [rowOf(attributes, values)];
    const [row = {}] = await this.#withLinks(session, wanted, rows, [rowId]);
    return [row, values.at(-1) === true];
  }

  /** Returns the row with `rowId` as it is represented, whoever may read it. */
  async read(session: Session, rowId: string): Promise<Row> {
    const attributes = this.#stored(this.#members);
    const statement = this.#statements.get('read', () =>
      rowStatement(this.table, attributes, true, true),
    );
    const rows = await session.rows(statement, { row_id: rowId });
    const found = rows.map((values) => rowOf(attributes, values));
    const [row] = await this.#withLinks(session, this.#members, found, [rowId]);
    if (!row) throw notFound();
    return row;
  }

  /** Returns `rows` with the links among `wanted`, whose order they keep. */
  async #withLinks(
    session: Session,
    wanted: readonly string[],
    rows: Row[],
    ids: readonly string[],
  ): Promise<Row[]> {
    const linked = wanted.filter((name) => name in this.links);
    for (const name of linked) {
      const found = await readLinks(session, this.link(name), ids);
      for (const [at, row] of rows.entries()) row[name] = found.get(ids[at] ?? '') ?? [];
    }
    if (linked.length === 0) return rows;
    return rows.map((row) => Object.fromEntries(wanted.map((name) => [name, row[name]])));
  }

  #listStatement(shape: ListShape, caller: Caller | null): Statement {
    return this.#statements.get(`list ${keyOf(caller)} ${JSON.stringify(shape)}`, () =>
      listStatement(shape, this, this.policy.condition('list', caller)),
    );
  }

  #stored(wanted: readonly string[]): string[] {
    return wanted.filter((name) => !(name in this.links));
  }

  /** Returns the many-to-many relation `name`. */
  link(name: string): Link {
    const link = this.links[name];
    if (!link) throw new TypeError(`${this.name} has no ${name}`);
    return link;
  }
}

function rowOf(attributes: readonly string[], values: readonly unknown[]): Row {
  const row: Row = {};
  for (const [at, attribute] of attributes.entries()) row[attribute] = values[at];
  return row;
}
