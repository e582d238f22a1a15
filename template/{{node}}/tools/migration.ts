/**
 * Writes the next migration: what the tables say that the migrations so far do not.
 *
 * `make migration message="add colour"` runs this. It asks nothing: what would lose data, and what
 * may be a rename, is refused with the words that allow it. The new migration is run up, down and
 * up again on a database of its own before it is kept.
 */

import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';

import { getTableName, is, Table } from 'drizzle-orm';

import { columnsOf } from '../src/lib/contract/tables.ts';
import * as tables from '../src/tables/index.ts';
import { MIGRATIONS } from './dbmate.ts';
import { defaultOf } from './dialect.ts';
import { difference, dropped, MissingValueError, neutral, type ValueOf } from './difference.ts';
import { proven } from './proof.ts';
import { refuseLosses, rename, RefusalError } from './renames.ts';
import { areEqual, keepSnapshot, newestSnapshot, plain, presentSnapshot } from './snapshots.ts';

const LONGEST_NAME = 60;

/** What a change is allowed to do, besides adding. */
interface Allowed {
  readonly drop: boolean;
  readonly renames: readonly string[];
}

/** Returns the paths of the next migration; none where tables and migrations agree. */
async function writeMigration(message: string, allowed: Allowed): Promise<string[]> {
  const [before, after] = [newestSnapshot(), await presentSnapshot()];
  if (areEqual(before.tables, after.tables)) return [];
  const { renamed, up: renamesUp, down: renamesDown } = rename(plain(before), allowed.renames);
  if (!allowed.drop) refuseLosses(renamed, after, dropped(renamed, after));
  const up = [...renamesUp, ...(await difference(renamed, after, valueInCode))];
  const down = [...(await difference(after, renamed, neutral(before))), ...renamesDown];
  const number = nextNumber();
  const path = join(MIGRATIONS, `${number}_${slug(message)}.sql`);
  writeFileSync(path, text(message, up, down));
  return [path, keepSnapshot(number, after)];
}

function nextNumber(): string {
  const numbers = readdirSync(MIGRATIONS).map((name) => Number.parseInt(name, 10) || 0);
  return String(Math.max(0, ...numbers) + 1).padStart(4, '0');
}

function slug(message: string): string {
  const words = message.toLowerCase().match(/[a-z0-9]+/g) ?? ['change'];
  return words.join('_').slice(0, LONGEST_NAME);
}

function text(message: string, up: readonly string[], down: readonly string[]): string {
  const parts = [
    `-- ${message}`,
    '-- migrate:up',
    up.join('\n'),
    '-- migrate:down',
    down.join('\n'),
  ];
  return `${parts.join('\n\n')}\n`;
}

/** Returns what a column's `$default` gives, as SQL. */
const valueInCode: ValueOf = (tableName, columnName) => {
  const all = Object.values<unknown>(tables).filter((entry) => is(entry, Table));
  const table = all.find((entry) => getTableName(entry) === tableName);
  const column = Object.values(table ? columnsOf(table) : {}).find(
    ({ name }) => name === columnName,
  );
  const value: unknown = column?.defaultFn?.();
  if (!column || value === undefined || value === null) return undefined;
  return defaultOf(column.mapToDriverValue(value), column.getSQLType());
};

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { drop: { type: 'boolean' }, rename: { type: 'string', multiple: true } },
  });
  const message = positionals.join(' ').trim();
  if (message === '')
    throw new RefusalError('Say what changes: make migration message="add colour"');
  const { drop, rename: renames } = process.env; // words that make was given
  const paths = await writeMigration(message, {
    drop: values.drop ?? drop === 'yes',
    renames: values.rename ?? renames?.split(',') ?? [],
  });
  const [path] = paths;
  if (path === undefined) {
    console.log('Tables and migrations agree: no migration is needed.');
    return;
  }
  const how = await provenOrRemoved(paths);
  console.log(`${how}: ${relative(process.cwd(), path)}`);
}

async function provenOrRemoved(paths: readonly string[]): Promise<string> {
  try {
    return await proven();
  } catch (error) {
    for (const path of paths) rmSync(path);
    throw error;
  }
}

try {
  await main();
} catch (error) {
  const isSaid = error instanceof RefusalError || error instanceof MissingValueError;
  console.error(isSaid ? `No migration was written: ${error.message}` : error);
  process.exitCode = 1;
}
