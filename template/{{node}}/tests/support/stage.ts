/** What tests of resources find: rows, people and what they may see, as each test asks for it. */

import { jsonNames } from '../../src/lib/contract/casing.ts';
import { toJson } from '../../src/lib/contract/encoding.ts';
import type { Row } from '../../src/lib/contract/pages.ts';
import type { Database } from '../../src/lib/db.ts';
import { ROLES } from '../../src/services/roles.ts';
import type { Answer, Client } from './clients.ts';
import { type Factory, freshBody, only, without } from './factory.ts';
import type { Person, SignUp } from './people.ts';
import { readRows, type StoredRow, storeRow, storeTarget } from './rows.ts';

const METHODS = { list: 'GET', get: 'GET', create: 'POST', update: 'PATCH', delete: 'DELETE' };

/** Who calls, who owns the row and the rows it needs, and somebody who has no part in it. */
export interface Scene {
  readonly client: Client;
  readonly owner: Person;
  readonly above: Person;
  readonly somebody: Person;
}

/** Rows and people of one test. */
export class Stage {
  readonly database: Database;
  readonly anonymous: Client;
  readonly signUp: SignUp;
  #actor: Promise<Person> | undefined;

  constructor(database: Database, anonymous: Client, signUp: SignUp) {
    this.database = database;
    this.anonymous = anonymous;
    this.signUp = signUp;
  }

  /** Returns somebody with every role; who also owns all there is may do all there is. */
  async actor(): Promise<Person> {
    this.#actor ??= this.signUp(...ROLES);
    return this.#actor;
  }

  /**
   * Makes a row that `owner` owns, and the rows that it needs, owned by `above`.
   *
   * Values that are not given are new ones; links are empty.
   */
  async store(
    factory: Factory,
    owner: Person,
    given: Row = {},
    above: Person = owner,
  ): Promise<StoredRow> {
    return this.database.write(async (session) =>
      storeRow(session, factory, owner.id, above.id, given),
    );
  }

  /** Makes a row that others can refer to, or an account, and returns its id. */
  async related(target: string, owner: Person): Promise<string> {
    return this.database.write(async (session) => storeTarget(session, target, owner.id));
  }

  /** Returns all rows that the database holds, the oldest first; internal fields apart. */
  async rows(factory: Factory): Promise<StoredRow[]> {
    return this.database.read(async (session) => readRows(session, factory));
  }

  /** Returns what the database holds of `row` now; undefined where it is gone. */
  async reload(factory: Factory, row: StoredRow): Promise<StoredRow | undefined> {
    return (await this.rows(factory)).find(({ id }) => id === row.id);
  }

  /** Returns a valid body with new values; what it refers to is there. */
  async body(factory: Factory, above: Person, given: Row = {}): Promise<Row> {
    const related: Row = {};
    for (const [name, { target, isRequired }] of Object.entries(factory.relations)) {
      if (isRequired && !(name in given)) related[name] = await this.related(target, above);
    }
    return { ...freshBody(factory), ...jsonNames({ ...related, ...given }) };
  }

  /** Returns a body that changes all fields of `row`, or relations where it has no fields. */
  async change(factory: Factory, row: Row, above: Person): Promise<Row> {
    const attributes = Object.keys(without(factory.values(0), factory.serverMade));
    if (attributes.length === 0) return this.body(factory, above);
    const before = toJson(jsonNames(only(row, attributes)));
    let after = freshBody(factory);
    while (toJson(after) === before) after = freshBody(factory);
    return after;
  }

  /**
   * Returns somebody who tries something, and whose rows there will be.
   *
   * `who` is `anonymous`, a `stranger`, the `owner` of the row, the `parents owner` of the rows it
   * needs, the `owner of all` of both, or has a role: `role:editor`.
   */
  async scene(who: string): Promise<Scene> {
    const somebody = await this.signUp();
    if (who === 'anonymous') {
      return { client: this.anonymous, owner: somebody, above: somebody, somebody };
    }
    const person = await this.signUp(...(who.startsWith('role:') ? [who.slice(5)] : []));
    const owner = ['owner', 'owner of all'].includes(who) ? person : somebody;
    const above = ['parents owner', 'owner of all'].includes(who) ? person : somebody;
    return { client: person.client, owner, above, somebody };
  }

  /** Lets somebody try something, with a row of the owner's, and returns the answer. */
  async attempt(factory: Factory, who: string, action: keyof typeof METHODS): Promise<Answer> {
    const { client, owner, above } = await this.scene(who);
    if (action === 'create') return client.post(factory.path, await this.body(factory, above));
    const row = await this.store(factory, owner, {}, above);
    const path = action === 'list' ? factory.path : `${factory.path}/${row.id}`;
    const json = action === 'update' ? await this.change(factory, row, above) : undefined;
    return client.request(METHODS[action], path, { json });
  }
}
