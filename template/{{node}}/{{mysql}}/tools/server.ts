/** A MySQL or MariaDB server, and the databases that it has. */

import { type Connection, createConnection, type RowDataPacket } from 'mysql2/promise';

/** A connection that makes databases and drops them. */
export class Server {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Returns the server of `url`. */
  static async connect(url: string): Promise<Server> {
    return new Server(await createConnection({ uri: url, connectTimeout: 5000 }));
  }

  /** Returns what it is, in words. */
  async version(): Promise<string> {
    const [said = ''] = await this.#texts('SELECT version() AS told');
    const [number = '', variant = ''] = said.split(/-(.*)/s);
    return `${variant.includes('MariaDB') ? 'MariaDB' : 'MySQL'} ${number}`;
  }

  /** Returns the names of its databases that begin with `prefix`. */
  async databases(prefix: string): Promise<string[]> {
    const names = await this.#texts('SELECT schema_name AS told FROM information_schema.schemata');
    return names.filter((name) => name.startsWith(prefix));
  }

  /** Makes a database. */
  async create(name: string): Promise<void> {
    await this.#connection.query(`CREATE DATABASE \`${name}\` CHARACTER SET utf8mb4`);
  }

  /** Drops a database. */
  async drop(name: string): Promise<void> {
    await this.#connection.query(`DROP DATABASE \`${name}\``);
  }

  async close(): Promise<void> {
    await this.#connection.end();
  }

  async #texts(query: string): Promise<string[]> {
    const [rows] = await this.#connection.query<RowDataPacket[]>(query);
    return rows.map(({ told }) => String(told));
  }
}
