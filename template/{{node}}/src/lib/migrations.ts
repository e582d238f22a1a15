/** Whether the database is at the newest migration. */

import { readdir } from 'node:fs/promises';
import path from 'node:path';

import { sql } from 'drizzle-orm';

import type { Database } from './db.ts';
import { ApiError } from './errors.ts';
import { compile } from './statement.ts';

const FOLDER = path.resolve(import.meta.dirname, '../../migrations');
const APPLIED = compile(sql`select version from schema_migrations`, [
  { mapFromDriverValue: String },
]);

let known: Promise<ReadonlySet<string>> | undefined;

/** Throws the 503 unless the database can be reached and every migration was applied. */
export async function requireCurrent(database: Database): Promise<void> {
  known ??= versions();
  const wanted = await known;
  const applied = await database
    .read((session) => session.rows(APPLIED, {}))
    .catch(() => {
      throw new ApiError('SERVICE_UNAVAILABLE'); // there may be no tables at all yet
    });
  const isKnown = applied.every(([version]) => wanted.has(String(version)));
  if (!isKnown || applied.length < wanted.size) throw new ApiError('SERVICE_UNAVAILABLE');
}

/** Returns the versions that the names of migrations begin with. */
async function versions(): Promise<ReadonlySet<string>> {
  const names = await readdir(FOLDER);
  const scripts = names.filter((name) => name.endsWith('.sql'));
  return new Set(scripts.map((name) => name.replace(/_.*$/, '')));
}
