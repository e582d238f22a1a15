/** What the tables were at each migration, as drizzle-kit holds them. */

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import * as tables from '../src/tables/index.ts';
import { MIGRATIONS } from './dbmate.ts';
import { takeSnapshot } from './dialect.ts';

export interface SnapshotColumn {
  name: string;
  type: string;
  notNull: boolean;
  primaryKey: boolean;
  default?: unknown;
}

interface SnapshotIndex {
  name: string;
  isUnique: boolean;
  columns: (string | { expression: string; nulls?: string })[];
}

export interface SnapshotTable {
  name: string;
  columns: Record<string, SnapshotColumn>;
  indexes: Record<string, SnapshotIndex>;
  foreignKeys: Record<
    string,
    { tableTo: string; columnsFrom: string[]; columnsTo: string[]; onDelete?: string }
  >;
  compositePrimaryKeys: Record<string, { columns: string[] }>;
  uniqueConstraints: Record<string, { name: string; columns: string[] }>;
  checkConstraints?: Record<string, { name: string; value: string }>;
  /** What MySQL's snapshots call them. */
  checkConstraint?: Record<string, { name: string; value: string }>;
}

export interface Snapshot {
  id: string;
  prevId: string;
  tables: Record<string, SnapshotTable>;
}

const FOLDER = join(MIGRATIONS, 'snapshots');

/** Returns what the migrations so far make, by the newest snapshot. */
export function newestSnapshot(): Snapshot {
  const newest = readdirSync(FOLDER)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .at(-1);
  if (newest === undefined) throw new Error(`there is no snapshot in ${FOLDER}`);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as it was written
  return JSON.parse(readFileSync(join(FOLDER, newest), 'utf8')) as Snapshot;
}

/** Returns what the code says now. */
export async function presentSnapshot(): Promise<Snapshot> {
  return plain(await takeSnapshot({ ...tables }, newestSnapshot().id));
}

/** Keeps `snapshot` as that of the migration with `number`. */
export function keepSnapshot(number: string, snapshot: Snapshot): string {
  const path = join(FOLDER, `${number}.json`);
  writeFileSync(path, `${JSON.stringify(snapshot, null, 1)}\n`);
  return path;
}

/** Returns a copy that shares nothing. */
export function plain(snapshot: Snapshot): Snapshot {
  return structuredClone(snapshot);
}

/** Whether two snapshots say the same. */
export function areEqual(one: unknown, other: unknown): boolean {
  return JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
}

function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const entries = Object.entries(value).filter(([, part]) => part !== undefined);
  entries.sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries.map(([key, part]) => [key, sorted(part)]));
}
