/** Units of work: a connection for a while, and where something is written, one transaction. */

import { setTimeout as sleep } from 'node:timers/promises';

import { sql } from 'drizzle-orm';

import type { Settings } from './config.ts';
import { type Connection, type Connections, type Db, openConnections } from './connections.ts';
import { currentContext } from './context.ts';
import { isTransient, isUnavailable } from './dialect.ts';
import { ApiError } from './errors.ts';
import type { Pool } from './pool.ts';
import { compile, type Parameters, type Statement } from './statement.ts';

export type { Db } from './connections.ts';

/** An insert, an update or a delete, as Drizzle builds it. */
export interface Change {
  toSQL(): { sql: string; params: unknown[] };
}

const RETRIES = 3;

/** What one unit of work does its work with. Whoever opened it commits it, once. */
export class Session {
  readonly #connection: Connection;
  readonly #afterCommit: (() => void)[] = [];

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Drizzle, on the connection of this unit of work. */
  get db(): Db {
    return this.#connection.db;
  }

  /** Executes a compiled query; returns its rows, each with the values in order. */
  async rows(statement: Statement, parameters: Parameters): Promise<unknown[][]> {
    const rows = await this.#connection.query(statement.text, statement.bind(parameters));
    return rows.map((row) => statement.decode(row));
  }

  /** Executes a change; returns how many rows it found, whether or not they are others now. */
  async changed(change: Change): Promise<number> {
    const { sql: text, params } = change.toSQL();
    return this.#connection.change(text, params);
  }

  /** Calls `action` once this unit of work is committed, and never if it is not. */
  onCommit(action: () => void): void {
    this.#afterCommit.push(action);
  }

  /** Tells everybody who asked that it is committed. */
  committed(): void {
    for (const action of this.#afterCommit.splice(0)) action();
  }
}

/** The connections of one process. */
export class Database {
  readonly #connections: Connections;

  constructor(settings: Settings) {
    this.#connections = openConnections(settings);
  }

  /**
   * Does `work` without a transaction: each statement sees what is committed by then.
   *
   * @throws ApiError the 503 as `write` does.
   */
  read<T>(work: (session: Session) => Promise<T>): Promise<T> {
    return persistently(this.#connections.readers, (connection) => work(new Session(connection)));
  }

  /**
   * Does `work` in one transaction, which whatever it throws undoes.
   *
   * After a deadlock, and where the database was busy or lost, all of it is done again.
   *
   * @throws ApiError the 503 where that does not help, and where the request's deadline passes.
   */
  write<T>(work: (session: Session) => Promise<T>): Promise<T> {
    return persistently(this.#connections.writers, async (connection, deadline) => {
      const session = new Session(connection);
      await connection.begin(deadline);
      const result = await work(session);
      if (deadline.aborted) throw new ApiError('SERVICE_UNAVAILABLE');
      // Whoever breaks a commit off does not know what is stored, so it gets as much time again.
      currentContext().extendDeadline();
      await connection.commit();
      session.committed();
      return result;
    });
  }

  /** Throws the 503 unless the database answers. */
  async ping(): Promise<void> {
    await this.read((session) => session.rows(PING, {}));
  }

  /** Closes every connection. */
  async close(): Promise<void> {
    const { readers, writers } = this.#connections;
    const all = new Set([...readers.made, ...writers.made]);
    await Promise.all([...all].map((connection) => connection.close()));
  }
}

const PING = compile(sql`select 1`, [{ mapFromDriverValue: Number }]);

type Attempt<T> = (connection: Connection, deadline: AbortSignal) => Promise<T>;

async function persistently<T>(pool: Pool<Connection>, attempt: Attempt<T>): Promise<T> {
  const { deadline } = currentContext();
  for (let tried = 0; tried <= RETRIES; tried += 1) {
    if (tried > 0) await sleep((5 + Math.random() * 20) * 2 ** tried);
    const connection = await acquire(pool, deadline);
    try {
      return await once(connection, attempt, deadline);
    } catch (error) {
      if (!mayTryAgain(error, connection, deadline)) throw answerOf(error, connection);
    } finally {
      pool.release(connection);
    }
  }
  throw new ApiError('SERVICE_UNAVAILABLE');
}

async function acquire(pool: Pool<Connection>, deadline: AbortSignal): Promise<Connection> {
  try {
    return await pool.acquire(deadline);
  } catch {
    throw new ApiError('SERVICE_UNAVAILABLE'); // its time is over
  }
}

/** Attempts it on `connection`, which is broken off when the deadline passes. */
async function once<T>(
  connection: Connection,
  attempt: Attempt<T>,
  deadline: AbortSignal,
): Promise<T> {
  const cancel = () => connection.cancel();
  deadline.addEventListener('abort', cancel, { once: true });
  try {
    await connection.open();
    return await attempt(connection, deadline);
  } catch (error) {
    await connection.rollback();
    throw error;
  } finally {
    deadline.removeEventListener('abort', cancel);
  }
}

/**
 * A connection that was lost before the commit has changed nothing; one that is lost during it
 * may have, and nobody knows.
 */
function mayTryAgain(error: unknown, connection: Connection, deadline: AbortSignal): boolean {
  if (deadline.aborted || error instanceof ApiError) return false;
  return (connection.isLost && !connection.isCommitting) || isTransient(error);
}

function answerOf(error: unknown, connection: Connection): unknown {
  const isKnown = error instanceof ApiError;
  const isOver = connection.isLost || isUnavailable(error);
  return isOver && !isKnown ? new ApiError('SERVICE_UNAVAILABLE') : error;
}
