/** Connections to a PostgreSQL server. */

import { drizzle, type PgRemoteDatabase } from 'drizzle-orm/pg-proxy';
import postgres, { type PendingQuery, type Row, type Sql } from 'postgres';
import type { Settings } from './config.ts';
import { Pool } from './pool.ts';

export type Db = PgRemoteDatabase;

/** Both are the same ones: rows are locked one by one. */
export interface Connections {
  readonly readers: Pool<Connection>;
  readonly writers: Pool<Connection>;
}

const CONNECT_SECONDS = 10;
const LONGEST_LIFE = 30 * 60_000;
const asText = (to: number, from: number[]) => ({
  to,
  from,
  serialize: String,
  parse: (text: string) => text,
});

/** Returns the connections to the server that `DATABASE_URL` names. */
export function openConnections(settings: Settings): Connections {
  const pool = new Pool(settings.databasePoolSize, () => new Connection(settings.databaseUrl));
  return { readers: pool, writers: pool };
}

/**
 * One connection, for one unit of work at a time.
 *
 * postgres.js connects anew by itself, which inside of a transaction would go unseen: whoever lost
 * a connection is told so at each statement, until the next unit of work.
 */
export class Connection {
  readonly db: Db;
  isLost = false;
  isCommitting = false;
  readonly #url: string;
  #client: Sql | undefined;
  #born = 0;
  #running: PendingQuery<Row[]> | undefined;

  constructor(url: string) {
    this.#url = url;
    this.db = drizzle(async (text, values) => ({ rows: await this.query(text, values) }));
  }

  /** Makes it ready for the next unit of work. */
  async open(): Promise<void> {
    if (Date.now() - this.#born > LONGEST_LIFE) await this.close();
    if (!this.#client) {
      this.#born = Date.now();
      this.#client = this.#connect();
    }
    this.isLost = this.isCommitting = false;
  }

  /** Executes a query; returns its rows as arrays. */
  query(text: string, values: readonly unknown[]): Promise<unknown[][]> {
    return this.#run(text, values, (query) => query.values());
  }

  /** Executes a change; returns how many rows it found. */
  async change(text: string, values: readonly unknown[]): Promise<number> {
    return (await this.#run(text, values, (query) => query)).count;
  }

  async begin(_deadline: AbortSignal): Promise<void> {
    await this.change('begin', []);
  }

  async commit(): Promise<void> {
    this.isCommitting = true;
    await this.change('commit', []);
  }

  /** Undoes what was not committed. */
  async rollback(): Promise<void> {
    if (!this.isLost) await this.change('rollback', []).catch(() => this.#drop());
  }

  /** Breaks off what runs, and the connection with it. */
  cancel(): void {
    if (this.#running) breakOff(this.#running);
    this.#drop();
  }

  async close(): Promise<void> {
    const client = this.#client;
    this.#client = undefined;
    await client?.end({ timeout: 1 });
  }

  #connect(): Sql {
    const client = postgres(this.#url, {
      max: 1,
      connect_timeout: CONNECT_SECONDS,
      max_lifetime: null,
      backoff: false,
      fetch_types: false,
      connection: { TimeZone: 'UTC' },
      types: {
        moment: asText(1184, [1184]),
        day: asText(1082, [1082]),
        json: asText(114, [114]),
      },
      onnotice: () => undefined,
      onclose: () => {
        if (client === this.#client) this.isLost = true;
      },
    });
    return client;
  }

  async #run<T>(
    text: string,
    values: readonly unknown[],
    read: (query: PendingQuery<Row[]>) => PromiseLike<T>,
  ): Promise<T> {
    if (this.isLost || !this.#client) throw new ConnectionLostError();
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it takes what columns make
    const query = this.#client.unsafe<Row[]>(text, values as never[], PREPARED);
    this.#running = query;
    try {
      return await read(query);
    } catch (error) {
      this.isLost ||= !(error instanceof postgres.PostgresError) || error.severity === 'FATAL';
      throw error;
    } finally {
      this.#running = undefined;
    }
  }

  #drop(): void {
    this.isLost = true;
    const client = this.#client;
    this.#client = undefined;
    void client?.end({ timeout: 0 });
  }
}

/**
 * Asks the server to break `query` off.
 *
 * Its own `cancel` forgets the promise of the request for it, and where the server cannot be reached
 * either, nobody would handle the rejection, which ends the process.
 */
function breakOff(query: object): void {
  const { canceller } = query as Cancellable; // which its type does not tell
  void canceller?.(query)?.catch(() => undefined);
}

interface Cancellable {
  readonly canceller?: ((query: object) => Promise<unknown> | undefined) | null;
}

const PREPARED = { prepare: true, simple: false };

class ConnectionLostError extends Error {
  override readonly name = 'ConnectionLostError';
}
