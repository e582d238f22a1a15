/** One resource's rows: listed, found, created, changed and deleted by the contract's rules. */

import { getTableName } from 'drizzle-orm';
import { uuidv7 } from 'uuidv7';

import { type Event, record } from '../audit.ts';
import type { Caller } from '../auth/caller.ts';
import type { AnyTable } from '../columns.ts';
import type { Session } from '../db.ts';
import { ApiError, notFound } from '../errors.ts';
import type { Statement } from '../statement.ts';
import { type Action, callerParameters, keyOf, type Policy } from './access.ts';
import { readPosition, writePosition } from './cursors.ts';
import { checkVersion, type Precondition } from './etags.ts';
import { now } from './fields/times.ts';
import { addLinks, readLinks, replaceLinks } from './links.ts';
import { Listing, type ListQuery } from './listing.ts';
import type { Page, Row } from './pages.ts';
import { checkParents, checkRelations, type Targets } from './relations.ts';
import { raiseVersions } from './ripples.ts';
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
import { columnsOf, know, type Links, tableOf, targetOf } from './tables.ts';
import { changesBetween, deleteRow, insertRow, updateRow } from './writes.ts';

/** What a repository is about. */
export interface RepositoryOptions {
  readonly table: AnyTable;
  readonly representation: Representation;
  readonly policy: Policy;
  readonly links?: Links;
  /** The name that a many-to-many relation has as a filter, to its attribute. */
  readonly linkFilters?: Readonly<Record<string, string>>;
}

const MOST_STATEMENTS = 512;

/** The rows of one resource, as its policy lets each caller see and change them. */
export class Repository {
  readonly table: AnyTable;
  readonly links: Links;
  readonly policy: Policy;
  readonly representation: Representation;
  readonly listing: Listing;
  readonly #members: readonly string[];
  readonly #name: string;
  readonly #statements = new Map<string, Statement>();

  constructor(options: RepositoryOptions) {
    this.table = options.table;
    this.links = options.links ?? {};
    this.policy = options.policy;
    this.representation = options.representation;
    this.listing = new Listing(options.representation, options.linkFilters);
    this.#members = options.representation.attributes;
    this.#name = getTableName(options.table);
    for (const link of Object.values(this.links)) know(tableOf(link.left));
  }

  /** Returns the page that `query` asks for, of the rows that `caller` may read. */
  async page(session: Session, caller: Caller | null, query: ListQuery): Promise<Page> {
    const wanted = query.fields.length > 0 ? query.fields : this.#members;
    const attributes = this.#stored(wanted);
    const after = readPosition(query, this.#name, this.representation);
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
      nextCursor: writePosition(query, this.#name, last.slice(attributes.length)),
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

  /**
   * Inserts the row that `data`, a parsed body, describes and returns it.
   *
   * Throws a 422 where a relation names nothing that `caller` may read, a 409 for a taken value.
   */
  async create(session: Session, caller: Caller | null, data: Row): Promise<Row> {
    this.representation.checkConditions(data);
    const [values, linked] = this.#split(data);
    if ('ownerId' in columnsOf(this.table) && caller !== null) values['ownerId'] = caller.userId;
    await checkRelations(session, caller, this.policy, values, this.#targets(linked));
    await checkParents(session, caller, this.policy, 'create', values);
    const [id, moment] = [uuidv7(), now()];
    const made = { ...values, id, createdAt: moment, updatedAt: moment, version: 1 };
    await insertRow(session, this.table, made);
    for (const [name, ids] of Object.entries(linked)) {
      await addLinks(session, name, this.#link(name), id, ids);
    }
    this.#record(session, 'created', caller, id);
    return this.#read(session, id);
  }

  /**
   * Changes `row` as `data` says and returns it; what changes nothing leaves it as it is.
   *
   * Throws a 409 where `data` was written against another version or a value is taken, a 412
   * where another writer was faster than one who gave a precondition.
   */
  async update(
    session: Session,
    caller: Caller | null,
    row: Row,
    data: Row,
    expected: Precondition,
  ): Promise<Row> {
    const { version, ...given } = data;
    const [changes, linked] = this.#split(changesBetween(row, given));
    this.representation.checkConditions({ ...row, ...changes });
    await this.#checkChanges(session, caller, row, changes, linked);
    checkVersion(row, version);
    const id = String(row['id']);
    const changed = [...Object.keys(changes), ...Object.keys(linked)].sort();
    if (changed.length > 0) {
      const seen = expected.isGiven || version !== undefined ? row['version'] : undefined;
      const stale = expected.isGiven ? 'PRECONDITION_FAILED' : 'VERSION_MISMATCH';
      const written = { ...changes, updatedAt: now() };
      await updateRow(session, this.table, id, written, seen, stale);
      for (const [name, ids] of Object.entries(linked)) {
        await replaceLinks(session, name, this.#link(name), id, ids);
      }
      this.#record(session, 'updated', caller, id, { fields: changed });
    }
    return this.#read(session, id);
  }

  /**
   * Deletes `row`, and returns how many rows of each table went along.
   *
   * Throws a 409 where others must not lose it, a 412 where it has changed meanwhile.
   */
  async delete(
    session: Session,
    caller: Caller | null,
    row: Row,
    expected: Precondition,
  ): Promise<Readonly<Record<string, number>>> {
    const id = String(row['id']);
    const cascaded = await raiseVersions(session, this.table, [id]);
    await deleteRow(session, this.table, id, expected.isGiven ? row['version'] : undefined);
    this.#record(session, 'deleted', caller, id, { cascaded });
    return cascaded;
  }

  async #checkChanges(
    session: Session,
    caller: Caller | null,
    row: Row,
    changes: Row,
    linked: Linked,
  ): Promise<void> {
    const added = Object.entries(linked).map(([name, ids]) => {
      const before = new Set(row[name] as string[]); // as links are read
      return [name, [...new Set(ids)].filter((id) => !before.has(id))] as const;
    });
    const targets = this.#targets(Object.fromEntries(added));
    await checkRelations(session, caller, this.policy, changes, targets);
    if (this.policy.parents('update').some((name) => name in changes)) {
      await checkParents(session, caller, this.policy, 'update', { ...row, ...changes });
    }
  }

  #record(
    session: Session,
    event: Event,
    caller: Caller | null,
    rowId: string,
    details: Row = {},
  ): void {
    record(session, event, caller?.userId ?? null, this.#name, rowId, details);
  }

  async #count(
    session: Session,
    caller: Caller | null,
    query: ListQuery,
    shape: ListShape,
  ): Promise<number> {
    const statement = this.#known(`count ${keyOf(caller)} ${keyOfShape(shape)}`, () =>
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
    const statement = this.#known(`${action} ${keyOf(caller)} ${attributes.join()}`, () => {
      const mayRead = this.policy.condition('get', caller);
      return rowStatement(this.table, attributes, mayRead, this.policy.condition(action, caller));
    });
    const parameters = { row_id: rowId, ...callerParameters(caller) };
    const [values] = await session.rows(statement, parameters);
    if (!values) throw notFound();
    const rows = [rowOf(attributes, values)];
    const [row = {}] = await this.#withLinks(session, wanted, rows, [rowId]);
    return [row, values.at(-1) === true];
  }

  async #read(session: Session, rowId: string): Promise<Row> {
    const attributes = this.#stored(this.#members);
    const statement = this.#known('read', () => rowStatement(this.table, attributes, true, true));
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
      const found = await readLinks(session, this.#link(name), ids);
      for (const [at, row] of rows.entries()) row[name] = found.get(ids[at] ?? '') ?? [];
    }
    if (linked.length === 0) return rows;
    return rows.map((row) => Object.fromEntries(wanted.map((name) => [name, row[name]])));
  }

  #listStatement(shape: ListShape, caller: Caller | null): Statement {
    return this.#known(`list ${keyOf(caller)} ${keyOfShape(shape)}`, () =>
      listStatement(shape, this, this.policy.condition('list', caller)),
    );
  }

  /** Returns the statement of `key`; the one that was not asked for longest makes room. */
  #known(key: string, make: () => Statement): Statement {
    const statement = this.#statements.get(key) ?? make();
    this.#statements.delete(key);
    this.#statements.set(key, statement);
    if (this.#statements.size > MOST_STATEMENTS) {
      const [oldest = ''] = this.#statements.keys();
      this.#statements.delete(oldest);
    }
    return statement;
  }

  #stored(wanted: readonly string[]): string[] {
    return wanted.filter((name) => !(name in this.links));
  }

  #split(values: Row): [values: Row, linked: Linked] {
    const entries = Object.entries(values);
    const linked = entries.filter(([name]) => name in this.links);
    const others = entries.filter(([name]) => !(name in this.links));
    return [Object.fromEntries(others), Object.fromEntries(linked) as Linked]; // as schemas say
  }

  #link(name: string): Links[string] {
    const link = this.links[name];
    if (!link) throw new TypeError(`${this.#name} has no ${name}`);
    return link;
  }

  #targets(linked: Linked): Targets {
    const targets = Object.entries(linked).map(([name, ids]) => {
      const table = targetOf(this.#link(name).right);
      if (!table) throw new TypeError(`${name} of ${this.#name} point nowhere`);
      return [name, { table, ids }] as const;
    });
    return Object.fromEntries(targets);
  }
}

/** The ids that each many-to-many relation names. */
type Linked = Readonly<Record<string, readonly string[]>>;

function keyOfShape(shape: ListShape): string {
  return JSON.stringify(shape);
}

function rowOf(attributes: readonly string[], values: readonly unknown[]): Row {
  const row: Row = {};
  for (const [at, attribute] of attributes.entries()) row[attribute] = values[at];
  return row;
}
