/** Steps through lists: the rows to find in them, page after page, and the order to find them in. */

import { expect } from 'vitest';

import { jsonName } from '../../src/lib/contract/casing.ts';
import { toJson } from '../../src/lib/contract/encoding.ts';
import type { Row } from '../../src/lib/contract/pages.ts';
import { body, type Members } from '../support/answers.ts';
import type { Answer, Client } from '../support/clients.ts';
import { type Factory, only } from '../support/factory.ts';
import type { Person } from '../support/people.ts';
import type { StoredRow } from '../support/rows.ts';
import type { Scene, Stage } from '../support/stage.ts';
import { relatedIn } from './relating.ts';

export type Query = Readonly<Record<string, string | number>>;

/** Makes some rows, of which some are alike and some as empty as they may be; returns all. */
export async function storeSome(
  stage: Stage,
  factory: Factory,
  owner: Person,
): Promise<StoredRow[]> {
  const first = await stage.store(factory, owner);
  const unique = new Set(factory.uniques.flat());
  const alike = Object.keys(factory.values(0)).filter((name) => !unique.has(name));
  const full = await relatedIn(Object.keys(factory.relations), stage, factory);
  const all = [only(first, alike), factory.nothing, factory.nothing, full];
  for (const given of all.slice(0, factory.capacity - 1)) {
    await stage.store(factory, owner, given);
  }
  return stage.rows(factory);
}

/** Asks for the list at `path`. */
export async function list(client: Client, path: string, query: Query = {}): Promise<Answer> {
  const pairs = Object.entries(query).map(([name, value]): [string, string] => [
    name,
    String(value),
  ]);
  return client.get(`${path}?${new URLSearchParams(pairs).toString()}`);
}

/** Follows the links from page to page; returns the ids in the order in which they came. */
export async function walk(client: Client, path: string, query: Query = {}): Promise<string[]> {
  const found: string[] = [];
  let answer: Answer | undefined = await list(client, path, query);
  while (answer) {
    expect(answer.status, answer.text).toBe(200);
    const next = nextOf(answer);
    expect(pageOf(answer)[jsonName('hasMore')]).toBe(next !== undefined);
    found.push(...rowsOf(answer).map(({ id }) => String(id)));
    answer = next === undefined ? undefined : await client.get(next);
  }
  return found;
}

/** Returns the page that a list's answer tells of. */
export function pageOf(answer: Answer): Members {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as lists answer
  return (body(answer)['page'] ?? {}) as Members;
}

/** Returns the rows of a list's answer. */
export function rowsOf(answer: Answer): readonly Members[] {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as lists answer
  return body(answer)['data'] as readonly Members[];
}

/** Returns the path of the next page; undefined on the last one. */
export function nextOf(answer: Answer): string | undefined {
  return /^<(.*)>; rel="next"$/.exec(answer.headers.get('link') ?? '')?.[1];
}

/** Returns every id that a reader gets at: by what rows hold, or by others' cursors. */
export async function reach(stage: Stage, factory: Factory, scene: Scene): Promise<string[]> {
  const queries: Query[] = [];
  for (const row of await stage.rows(factory)) {
    const held = factory.filters.filter((name) => row[name]);
    queries.push(...held.map((name) => ({ [jsonName(name)]: inQuery(row[name]) })));
    const words = factory.searched.map((name) => wordsOf(row, name)[0]);
    queries.push(...words.flatMap((q) => (q === undefined ? [] : [{ q }])));
  }
  const theirs = await list(scene.somebody.client, factory.path, { limit: 1 });
  const cursor = pageOf(theirs)[jsonName('nextCursor')];
  if (typeof cursor === 'string') queries.push({ cursor });
  const found = await Promise.all(queries.map((query) => walk(scene.client, factory.path, query)));
  return found.flat();
}

/** Returns a value as a query writes it. */
export function inQuery(value: unknown): string {
  return typeof value === 'string' ? value : toJson(value);
}

/** Returns the text that a row holds; none where it holds null. */
export function textOf(row: Row, name: string): string {
  return inQuery(row[name] ?? '');
}

/** Returns the words of one text of a row, as a search may ask for them. */
export function wordsOf(row: Row, name: string): string[] {
  return textOf(row, name).slice(0, 100).split(/\s+/u).filter(Boolean);
}

/** Returns how many rows a list says that it has. */
export async function total(client: Client, path: string, query: Query = {}): Promise<number> {
  return Number(pageOf(await list(client, path, { ...query, count: 'true', limit: 1 }))['total']);
}
