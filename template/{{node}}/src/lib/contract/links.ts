/** Reading and writing the rows of many-to-many tables. */

import { and, type Column, eq, inArray, sql } from 'drizzle-orm';

import type { Session } from '../db.ts';
import { explain } from '../dialect.ts';
import { invalid } from '../errors.ts';
import { compile, type Statement } from '../statement.ts';
import { jsonName } from './casing.ts';
import { isOneOf, oneOf, roomFor } from './conditions.ts';
import { attributeOf, type Link, tableOf } from './tables.ts';

const statements = new WeakMap<Column, Map<number, Statement>>();

/** Returns the ids that each row is linked to, in order; rows without any are left out. */
export async function readLinks(
  session: Session,
  link: Link,
  ids: readonly string[],
): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  if (ids.length === 0) return found;
  const rows = await session.rows(pairsOf(link, roomFor(ids.length)), oneOf('id', ids));
  for (const [rowId, other] of rows.map((pair) => pair.map(String))) {
    if (rowId !== undefined && other !== undefined) {
      found.set(rowId, [...(found.get(rowId) ?? []), other]);
    }
  }
  return found;
}

/** Links the row with `rowId` to `ids`; throws the 422 on the member `name` where one is gone. */
export async function addLinks(
  session: Session,
  name: string,
  link: Link,
  rowId: string,
  ids: readonly string[],
): Promise<void> {
  if (ids.length === 0) return;
  const [left, right] = [attributeOf(link.left), attributeOf(link.right)];
  const pairs = ids.toSorted().map((id) => ({ [left]: rowId, [right]: id }));
  const table = tableOf(link.left);
  try {
    await session.changed(session.db.insert(table).values(pairs));
  } catch (error) {
    throw explain(error, table) ? invalid(jsonName(name), 'relation') : error;
  }
}

/** Makes `ids` all that the row is linked to, which its writer has locked; 422 as above. */
export async function replaceLinks(
  session: Session,
  name: string,
  link: Link,
  rowId: string,
  ids: readonly string[],
): Promise<void> {
  const before = (await readLinks(session, link, [rowId])).get(rowId) ?? [];
  const removed = before.filter((id) => !ids.includes(id));
  if (removed.length > 0) {
    const gone = and(eq(link.left, rowId), inArray(link.right, removed));
    await session.changed(session.db.delete(tableOf(link.left)).where(gone));
  }
  const added = ids.filter((id) => !before.includes(id));
  await addLinks(session, name, link, rowId, added);
}

function pairsOf(link: Link, room: number): Statement {
  const { left, right } = link;
  const known = statements.get(left) ?? new Map<number, Statement>();
  statements.set(left, known);
  const statement = known.get(room) ?? compilePairs(left, right, room);
  known.set(room, statement);
  return statement;
}

function compilePairs(left: Column, right: Column, room: number): Statement {
  const pairs = sql`select ${left}, ${right} from ${left.table} where ${isOneOf(left, 'id', room)}`;
  return compile(sql`${pairs} order by ${left}, ${right}`, [left, right]);
}
