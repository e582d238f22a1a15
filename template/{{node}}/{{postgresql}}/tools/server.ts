/** A PostgreSQL server, and the databases that it has. */

import postgres, { type Sql } from 'postgres';

/** A connection that makes databases and drops them. */
export class Server {
  readonly #sql: Sql;

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  /** Returns the server of `url`. */
  static async connect(url: string): Promise<Server> {
    return new Server(postgres(url, { max: 1, connect_timeout: 5, onnotice: () => undefined }));
  }

  /** Returns what it is, in words. */
  async version(): Promise<string> {
    const [said] = await this.#sql`SELECT version() AS version`;
    return String(said?.['version']).split(' ').slice(0, 2).join(' ');
  }

  /** Returns the names of its databases that begin with `prefix`. */
  async databases(prefix: string): Promise<string[]> {
    const found = await this.#sql`SELECT datname AS name FROM pg_database`;
    return found.map(({ name }) => String(name)).filter((name) => name.startsWith(prefix));
  }

  /** Makes a database; what `template` holds is in it. */
  async create(name: string, template = 'template0'): Promise<void> {
    await this.#sql.unsafe(`CREATE DATABASE "${name}" TEMPLATE "${template}"`);
  }

  /** Drops a database, whoever uses it. */
  async drop(name: string): Promise<void> {
    await this.#sql.unsafe(`DROP DATABASE "${name}" WITH (FORCE)`);
  }

  async close(): Promise<void> {
    await this.#sql.end({ timeout: 1 });
  }
}
