/** The program `node src/commands/main.ts`: one command a call, one line for what is wrong. */

import { parseArgs } from 'node:util';

import { causesOf } from '../lib/causes.ts';
import { ConfigurationError, getSettings } from '../lib/config.ts';
import { Database } from '../lib/db.ts';
import { ApiError } from '../lib/errors.ts';
import { admin, grant, prune } from './accounts.ts';
import { type Command, CommandError, type Options } from './command.ts';
import { openapi } from './document.ts';

export const PROGRAM = 'node src/commands/main.ts';

const COMMANDS: Readonly<Record<string, Command>> = { grant, admin, prune, openapi };

/** What a program leaves: its status, and a text for standard output or for standard error. */
export interface Outcome {
  readonly status: number;
  readonly text: string;
}

/** Runs one command, as `words` of the shell ask for it. */
export async function run(words: readonly string[]): Promise<Outcome> {
  const [name = '', ...rest] = words;
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (name === '--help' || name === '-h') {
    return { status: 0, text: help() };
  }
  if (command === undefined) {
    return misused(name === '' ? 'a command is missing' : `there is no command ${name}`);
  }
  const options = read(command, rest);
  if (typeof options === 'string') {
    return misused(options);
  }
  try {
    return { status: 0, text: await execute(command, options) };
  } catch (error) {
    return { status: 1, text: sentence(error) };
  }
}

/** Returns what a command is given, or a text that says what is wrong with it. */
function read(command: Command, words: readonly string[]): Options | string {
  const known = Object.keys(command.flags).map((flag) => [flag, { type: 'boolean' }] as const);
  try {
    const options = Object.fromEntries(known);
    const { positionals, values } = parseArgs({
      args: [...words],
      options,
      allowPositionals: true,
    });
    if (positionals.length !== command.words.length) {
      return `it takes ${command.words.join(' and ') || 'nothing more'}`;
    }
    return { words: positionals, flags: new Set(Object.keys(values)) };
  } catch (error) {
    return (error instanceof Error && error.message.split('. ')[0]) || 'it is not understood';
  }
}

async function execute(command: Command, options: Options): Promise<string> {
  const database = new Database(getSettings());
  try {
    return await command.run(database, options);
  } finally {
    await database.close();
  }
}

function misused(problem: string): Outcome {
  return { status: 2, text: `${PROGRAM}: ${problem}; --help tells more.` };
}

/** Returns what is wrong, in one line; what is nobody's fault but ours is thrown again. */
function sentence(error: unknown): string {
  if (error instanceof CommandError || error instanceof ConfigurationError) {
    return error.message;
  }
  if (error instanceof ApiError) {
    const details = error.details.map(({ field, message }) => `${field}: ${message}`);
    const isAway = error.code === 'SERVICE_UNAVAILABLE';
    return isAway
      ? 'The database cannot be used: is it there?'
      : details.join(' ') || error.message;
  }
  const cause = causesOf(error).at(-1); // drivers give their errors codes
  if (cause?.code === undefined) {
    throw error;
  }
  return `The database cannot be used: ${cause.message.split('\n')[0]}`;
}

function help(): string {
  const lines = Object.entries(COMMANDS).map(([name, command]) => helpOf(name, command));
  return [`usage: ${PROGRAM} COMMAND`, '', ...lines].join('\n');
}

function helpOf(name: string, { words, flags, help }: Command): string {
  const usage = [name, ...words.map((word) => word.toUpperCase())].join(' ');
  const options = Object.entries(flags).map(([flag, text]) => `    --${flag.padEnd(20)} ${text}`);
  return [`  ${usage.padEnd(24)} ${help}`, ...options].join('\n');
}
