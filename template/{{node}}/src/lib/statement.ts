/** Statements that are compiled once, and executed with other values each time. */

import { is, Param, Placeholder, type SQL } from 'drizzle-orm';
import { dialect } from './dialect.ts';

/** What a statement's placeholders stand for, by their names. */
export type Parameters = Readonly<Record<string, unknown>>;

/** A compiled query: its text, and how its values go to the driver and come back. */
export interface Statement {
  readonly text: string;
  bind(parameters: Parameters): unknown[];
  decode(row: unknown[]): unknown[];
}

/** Makes of what the driver gives what rows hold: a column does. */
export interface Decoder {
  mapFromDriverValue(value: unknown): unknown;
}

const MOST_STATEMENTS = 512;

/** Compiles `query`, the values of whose rows `decoders` make, in that order. */
export function compile(query: SQL, decoders: readonly Decoder[]): Statement {
  const { sql: text, params } = dialect.sqlToQuery(query);
  return {
    text,
    bind: (parameters) => params.map((entry) => valueOf(entry, parameters)),
    decode: (row) =>
      row.map((value, at) => (value === null ? null : decoders[at]?.mapFromDriverValue(value))),
  };
}

/** Compiled statements by what they are for; the one not asked for longest makes room. */
export class StatementCache {
  readonly #statements = new Map<string, Statement>();

  /** Returns the statement of `key`, which `make` compiles where it is not known. */
  get(key: string, make: () => Statement): Statement {
    const statement = this.#statements.get(key) ?? make();
    this.#statements.delete(key);
    this.#statements.set(key, statement);
    if (this.#statements.size > MOST_STATEMENTS) {
      const [oldest = ''] = this.#statements.keys();
      this.#statements.delete(oldest);
    }
    return statement;
  }
}

function valueOf(entry: unknown, parameters: Parameters): unknown {
  if (is(entry, Placeholder)) return given(entry, parameters);
  if (!is(entry, Param) || !is(entry.value, Placeholder)) return entry;
  const value = given(entry.value, parameters);
  return value === null ? null : entry.encoder.mapToDriverValue(value);
}

function given({ name }: Placeholder, parameters: Parameters): unknown {
  if (!(name in parameters)) throw new TypeError(`the statement needs ${name}`);
  return parameters[name];
}
