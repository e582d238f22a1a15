/** What is done from a shell: `node src/commands/main.ts --help`. */

import type { Database } from '../lib/db.ts';

/** A command cannot do what it was asked for; the message is one sentence. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
}

/** What a command is given besides its name. */
export interface Options {
  /** What stands where the command has names, in order. */
  readonly words: readonly string[];
  /** The flags that were given, without their dashes. */
  readonly flags: ReadonlySet<string>;
}

/** One command: how it is called, and what it does. */
export interface Command {
  readonly help: string;
  /** The names of the words that it needs, in order. */
  readonly words: readonly string[];
  /** The flags that it knows, and what each does. */
  readonly flags: Readonly<Record<string, string>>;
  /** Does it, and returns what to print; throws `CommandError` where it cannot. */
  run(database: Database, options: Options): Promise<string>;
}
