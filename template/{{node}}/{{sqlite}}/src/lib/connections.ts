/** Connections to a SQLite file: many may read while one writes. */

import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import SqliteDatabase, { type Statement } from 'better-sqlite3';
import { drizzle, type SqliteRemoteDatabase } from 'drizzle-orm/sqlite-proxy';
import type { Settings } from './config.ts';
import { isTransient } from './dialect.ts';
import { Pool } from './pool.ts';

export type Db = SqliteRemoteDatabase;

/** Who reads never waits; who writes waits for its turn, since a file has one writer. */
export interface Connections {
  readonly readers: Pool<Connection>;
  readonly writers: Pool<Connection>;
}

type Prepared = Statement<unknown[], unknown[]>;

const MOST_STATEMENTS = 500;
const BUSY_MILLISECONDS = 5000;

/** Returns the connections to the file that `DATABASE_URL` names; its folder is made. */
export function openConnections(settings: Settings): Connections {
  const path = settings.databaseUrl.replace('sqlite:///', '');
  mkdirSync(dirname(path), { recursive: true });
  let reader: Connection | undefined; // whose statements are over at once: all share it
  return {
    readers: new Pool(settings.databasePoolSize, () => (reader ??= new Connection(open(path)))),
    writers: new Pool(1, () => new Connection(open(path))),
  };
}

function open(path: string): SqliteDatabase.Database {
  const file = new SqliteDatabase(path, { timeout: BUSY_MILLISECONDS });
  file.defaultSafeIntegers(true); // decimals are whole numbers of up to 18 digits
  file.pragma('journal_mode = WAL');
  file.pragma('synchronous = NORMAL');
  file.pragma('foreign_keys = ON');
  file.function('regexp', { deterministic: true }, matches);
  return file;
}

let latest = { text: '', expression: /(?:)/u };

/** What SQLite asks for `value regexp text`, once for each row. */
function matches(text: string, value: unknown): number {
  if (latest.text !== text) latest = { text, expression: new RegExp(text, 'u') };
  return Number(typeof value === 'string' && latest.expression.test(value));
}

/** One connection, for one unit of work at a time. */
export class Connection {
  readonly db: Db;
  /** Never: there is no server that could go. */
  readonly isLost: boolean = false;
  isCommitting = false;
  readonly #file: SqliteDatabase.Database;
  readonly #statements = new Map<string, Prepared>();

  constructor(file: SqliteDatabase.Database) {
    this.#file = file;
    this.db = drizzle(async (text, values, method) => {
      if (method === 'run') return { rows: [await this.change(text, values)] };
      const rows = await this.query(text, values);
      if (method !== 'get') return { rows };
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- undefined where there is none
      return { rows: rows[0] as unknown[] };
    });
  }

  /** Makes it ready for the next unit of work. */
  async open(): Promise<void> {
    this.isCommitting = false;
  }

  /** Executes a query; returns its rows as arrays. */
  async query(text: string, values: readonly unknown[]): Promise<unknown[][]> {
    return this.#prepare(text)
      .raw()
      .all(...values);
  }

  /** Executes a change; returns how many rows it found. */
  async change(text: string, values: readonly unknown[]): Promise<number> {
    return this.#prepare(text).run(...values).changes;
  }

  /**
   * Begins a transaction that takes the one writer's place at once.
   *
   * A reader that turned writer later could only fail. Another process may be writing: the wait
   * for it is not SQLite's, which would stop this one.
   */
  async begin(deadline: AbortSignal): Promise<void> {
    const end = Date.now() + BUSY_MILLISECONDS;
    this.#file.pragma('busy_timeout = 0');
    try {
      while (!this.#begins(Date.now() > end || deadline.aborted))
        await sleep(5 + Math.random() * 20);
    } finally {
      this.#file.pragma(`busy_timeout = ${BUSY_MILLISECONDS}`);
    }
  }

  async commit(): Promise<void> {
    this.#file.exec('COMMIT');
  }

  /** Undoes what was not committed. */
  async rollback(): Promise<void> {
    if (this.#file.inTransaction) this.#file.exec('ROLLBACK');
  }

  /** Nothing: a statement is over before anybody could break it off. */
  cancel(): void {}

  async close(): Promise<void> {
    this.#file.close();
  }

  #begins(isLate: boolean): boolean {
    try {
      this.#file.exec('BEGIN IMMEDIATE');
    } catch (error) {
      if (isLate || !isTransient(error)) throw error;
    }
    return this.#file.inTransaction;
  }

  #prepare(text: string): Prepared {
    const known = this.#statements.get(text);
    if (known) return known;
    if (this.#statements.size === MOST_STATEMENTS) this.#statements.clear();
    const statement = this.#file.prepare<unknown[], unknown[]>(text);
    this.#statements.set(text, statement);
    return statement;
  }
}
