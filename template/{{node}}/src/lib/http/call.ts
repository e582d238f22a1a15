/** What a handler gets: it asks in the order in which faults are looked for. */

import type { Caller } from '../auth/caller.ts';
import { authenticate } from '../auth/index.ts';
import type { Action, Policy } from '../contract/access.ts';
import { Precondition } from '../contract/etags.ts';
import { parseUuid } from '../contract/fields/plain.ts';
import { parseJson } from '../contract/json-body.ts';
import type { Listing, ListQuery } from '../contract/listing.ts';
import type { Database, Session } from '../db.ts';
import { ApiError, invalidParameter } from '../errors.ts';
import type { LogInAttempts } from '../../services/log-in-attempts.ts';
import { ADMIN } from '../../services/roles.ts';
import { checkMediaType } from './body.ts';
import { cookiesOf } from './cookies.ts';
import type { Exchange, Incoming } from './exchange.ts';
import { type Pair, queryPairs } from './query.ts';
import type { Service } from './service.ts';

const JSON_TYPES = ['application/json'];
const PATCH_TYPES = [...JSON_TYPES, 'application/merge-patch+json'];

/** One request in the hands of its handler. */
export class Call {
  readonly method: string;
  readonly path: string;
  readonly requestId: string;
  readonly client: string;
  readonly #service: Service;
  readonly #exchange: Exchange;
  readonly #incoming: Incoming;
  #caller: Promise<Caller | null> | undefined;

  constructor(service: Service, exchange: Exchange, incoming: Incoming) {
    this.method = incoming.method;
    this.path = exchange.head.path;
    this.requestId = exchange.context.requestId ?? '';
    this.client = exchange.context.client ?? '';
    this.#service = service;
    this.#exchange = exchange;
    this.#incoming = incoming;
  }

  /** Where services that need more than one unit of work open them. */
  get database(): Database {
    return this.#service.database;
  }

  /** How many seconds a request may take. */
  get secondsInAll(): number {
    return this.#service.settings.requestTimeoutSeconds;
  }

  /** Returns a header, as one line however many it came in. */
  header(name: string): string | undefined {
    return this.#exchange.head.header(name.toLowerCase());
  }

  /** Returns a cookie. */
  cookie(name: string): string | undefined {
    return cookiesOf(this.header('cookie')).get(name);
  }

  /** Adds headers to whatever is answered. */
  note(headers: Readonly<Record<string, string>>): void {
    this.#incoming.note(headers);
  }

  /**
   * Returns who calls; null where the request says nothing about it.
   *
   * @throws ApiError the 401, each time it is asked, where what the request says is not valid.
   */
  async identify(): Promise<Caller | null> {
    this.#caller ??= this.#authenticate();
    return this.#caller;
  }

  async #authenticate(): Promise<Caller | null> {
    const caller = await this.reading((session) => authenticate(this, session));
    this.#exchange.context.callerId = caller?.userId ?? null;
    return caller;
  }

  /**
   * Returns who calls, when some row may let them do `action`.
   *
   * @throws ApiError the 401 or the 403.
   */
  async caller(policy: Policy, action: Action): Promise<Caller | null> {
    const caller = await this.identify();
    policy.require(action, caller);
    return caller;
  }

  /** Returns who calls; the 401 where nobody in particular does. */
  async user(): Promise<Caller> {
    const caller = await this.identify();
    if (caller === null) throw new ApiError('UNAUTHENTICATED');
    return caller;
  }

  /** Returns who calls, and administers the service; else the 401 or the 403. */
  async administrator(): Promise<Caller> {
    const caller = await this.user();
    if (!caller.roles.has(ADMIN)) throw new ApiError('FORBIDDEN');
    return caller;
  }

  /** Returns the names and values of the query, which must be UTF-8. */
  query(): Pair[] {
    return queryPairs(this.#incoming.query);
  }

  /** Returns what the query of a list asks for; the 400 for what it may not. */
  listQuery(listing: Listing): ListQuery {
    return listing.parse(this.query());
  }

  /** Returns which members of a single row are asked for; none means all. */
  fields(listing: Listing): readonly string[] {
    return listing.parseFields(this.query());
  }

  /** Refuses a query: the 400 where there is one. */
  noQuery(): void {
    const [first] = this.query();
    if (first !== undefined) throw invalidParameter(first[0], 'unknown');
  }

  /** Returns the value of a JSON body; a 415, 413 or 400 where it is none. */
  async json(): Promise<unknown> {
    return this.#read(JSON_TYPES);
  }

  /** Returns the value of a body that changes a row (JSON merge patch), as `json` does. */
  async patch(): Promise<unknown> {
    return this.#read(PATCH_TYPES);
  }

  async #read(expected: readonly string[]): Promise<unknown> {
    const isEncoded = this.header('content-encoding') !== undefined;
    checkMediaType(this.header('content-type'), isEncoded, expected);
    return parseJson(await this.#incoming.body(this.#service.settings.maxBodyBytes));
  }

  /** Returns a part of the path, as its template calls it. */
  parameter(name: string): string {
    return this.#incoming.parameter(name);
  }

  /** Returns the id in the path in lower case; null where that is none, so there is no row. */
  rowId(name = 'id'): string | null {
    return parseUuid(this.parameter(name));
  }

  /** Returns what `If-Match` asks a row to be; the 400 where it is malformed. */
  precondition(): Precondition {
    return Precondition.parse(this.header('if-match'));
  }

  /** Returns what counts the log-ins of the client. */
  attempts(): LogInAttempts {
    return this.#service.admission.attemptsOf(this.client);
  }

  /** Returns what `work` reads. */
  async reading<T>(work: (session: Session) => Promise<T>): Promise<T> {
    return this.#service.database.read(work);
  }

  /** Returns what `work` returns, once what it wrote is committed. */
  async writing<T>(work: (session: Session) => Promise<T>): Promise<T> {
    return this.#service.database.write(work);
  }
}
