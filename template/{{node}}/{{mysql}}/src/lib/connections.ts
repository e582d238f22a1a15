/** Connections to a MySQL or MariaDB server. */

import { drizzle, type MySqlRemoteDatabase } from 'drizzle-orm/mysql-proxy';
import { createConnection, type ResultSetHeader, type RowDataPacket } from 'mysql2/promise';
import type { Settings } from './config.ts';
import { Pool } from './pool.ts';

export type Db = MySqlRemoteDatabase;

/** Both are the same ones: rows are locked one by one. */
export interface Connections {
  readonly readers: Pool<Connection>;
  readonly writers: Pool<Connection>;
}

type Client = Awaited<ReturnType<typeof createConnection>>;

const CONNECT_MILLISECONDS = 10_000;
const MODES = [
  'STRICT_ALL_TABLES',
  'NO_ZERO_DATE',
  'NO_ZERO_IN_DATE',
  'ERROR_FOR_DIVISION_BY_ZERO',
  'NO_ENGINE_SUBSTITUTION',
];
const SESSION = [
  `SET SESSION sql_mode = '${MODES.join(',')}', time_zone = '+00:00'`,
  'SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED',
];

/** Returns the connections to the server that `DATABASE_URL` names. */
export function openConnections(settings: Settings): Connections {
  const pool = new Pool(settings.databasePoolSize, () => new Connection(settings.databaseUrl));
  return { readers: pool, writers: pool };
}

/** One connection, for one unit of work at a time; one that was lost is made anew for the next. */
export class Connection {
  readonly db: Db;
  isLost = false;
  isCommitting = false;
  readonly #url: string;
  #client: Client | undefined;
  #giveUp: (() => void) | undefined;

  constructor(url: string) {
    this.#url = url;
    this.db = drizzle(async (text, values) => {
      const [rows] = await this.#execute<RowDataPacket[][] | ResultSetHeader>(text, values);
      return { rows: Array.isArray(rows) ? rows : [rows] };
    });
  }

  /** Makes it ready for the next unit of work. */
  async open(): Promise<void> {
    this.isLost = this.isCommitting = false;
    try {
      this.#client ??= await this.#connect();
    } catch (error) {
      this.isLost = true;
      throw error;
    }
  }

  /** Executes a query; returns its rows as arrays. */
  async query(text: string, values: readonly unknown[]): Promise<unknown[][]> {
    const [rows] = await this.#execute<RowDataPacket[][]>(text, values);
    return rows;
  }

  /** Executes a change; returns how many rows it found, whether or not it changed them. */
  async change(text: string, values: readonly unknown[]): Promise<number> {
    const [result] = await this.#execute<ResultSetHeader>(text, values);
    return result.affectedRows;
  }

  async begin(_deadline: AbortSignal): Promise<void> {
    await this.#attempt((client) => client.query('START TRANSACTION'));
  }

  async commit(): Promise<void> {
    this.isCommitting = true;
    await this.#attempt((client) => client.query('COMMIT'));
  }

  /** Undoes what was not committed. */
  async rollback(): Promise<void> {
    if (this.isLost) return;
    await this.#attempt((client) => client.query('ROLLBACK')).catch(() => this.#drop());
  }

  /** Breaks off what runs, and the connection with it. */
  cancel(): void {
    const thread = this.#client?.threadId;
    this.#drop();
    if (thread) void this.#kill(thread);
  }

  async close(): Promise<void> {
    const client = this.#client;
    this.#client = undefined;
    await client?.end();
  }

  async #connect(): Promise<Client> {
    const client = await createConnection({
      uri: this.#url,
      charset: 'utf8mb4',
      connectTimeout: CONNECT_MILLISECONDS,
      dateStrings: true,
      jsonStrings: true,
      supportBigNumbers: true,
      maxPreparedStatements: 500,
    });
    client.on('error', () => {
      if (client === this.#client) this.#drop();
    });
    for (const statement of SESSION) await client.query(statement);
    return client;
  }

  #execute<T extends RowDataPacket[][] | ResultSetHeader>(
    text: string,
    values: readonly unknown[],
  ): Promise<[T, unknown]> {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it takes what columns make
    const query = { sql: text, values: values as never[], rowsAsArray: true };
    return this.#attempt((client) => client.execute<T>(query));
  }

  async #attempt<T>(work: (client: Client) => Promise<T>): Promise<T> {
    const client = this.#client;
    if (this.isLost || !client) throw new ConnectionLostError();
    try {
      return await Promise.race([work(client), this.#loss()]);
    } catch (error) {
      if (isFatal(error)) this.#drop();
      throw error;
    }
  }

  /** Rejects when the connection is dropped: the driver then leaves what was asked unanswered. */
  #loss(): Promise<never> {
    const { promise, reject } = Promise.withResolvers<never>();
    this.#giveUp = () => reject(new ConnectionLostError());
    return promise;
  }

  /** Ends what the server still does for a connection that was dropped, and its locks. */
  async #kill(thread: number): Promise<void> {
    const options = { uri: this.#url, connectTimeout: CONNECT_MILLISECONDS };
    try {
      const other = await createConnection(options);
      await other.query(`KILL ${thread}`);
      await other.end();
    } catch {
      // It is gone, or the server is.
    }
  }

  #drop(): void {
    this.isLost = true;
    this.#giveUp?.();
    this.#client?.destroy();
    this.#client = undefined;
  }
}

class ConnectionLostError extends Error {
  override readonly name = 'ConnectionLostError';
}

/** Whether the connection is of no use any more: the server did not speak, or said goodbye. */
function isFatal(error: unknown): boolean {
  if (!(error instanceof Error) || !('sqlState' in error)) return true;
  return 'fatal' in error && error.fatal === true;
}
