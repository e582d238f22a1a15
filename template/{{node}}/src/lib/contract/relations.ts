/** What a row refers to must exist for its writer, who must be let put rows under it. */

import { inArray, sql, type Table } from 'drizzle-orm';

import type { Caller } from '../auth/caller.ts';
import type { Session } from '../db.ts';
import { ApiError, detail } from '../errors.ts';
import { compile } from '../statement.ts';
import { type Action, asSql, callerParameters, type Policy, policyOf } from './access.ts';
import { jsonName } from './casing.ts';
import { allOf } from './conditions.ts';
import type { Row } from './pages.ts';
import { columnOf, columnsOf, targetOf } from './tables.ts';

/** The ids that an attribute names, and the table where they must be. */
export type Targets = Readonly<Record<string, { table: Table; ids: readonly unknown[] }>>;

/** Throws the 422 that names each attribute whose target is not there for `caller`. */
export async function checkRelations(
  session: Session,
  caller: Caller | null,
  policy: Policy,
  values: Row,
  linked: Targets,
): Promise<void> {
  const missing: string[] = [];
  for (const [name, { table, ids }] of Object.entries({ ...named(policy, values), ...linked })) {
    if (!(await allMay(session, caller, 'get', table, ids))) missing.push(name);
  }
  if (missing.length > 0) {
    const details = missing.map((name) => detail(jsonName(name), 'relation'));
    throw new ApiError('VALIDATION_ERROR', { details });
  }
}

function named(policy: Policy, values: Row): Targets {
  const targets = Object.entries(columnsOf(policy.table)).flatMap(([name, column]) => {
    const table = name === 'ownerId' ? undefined : targetOf(column);
    const value = values[name] ?? null;
    return table && value !== null ? [[name, { table, ids: [value] }] as const] : [];
  });
  return Object.fromEntries(targets);
}

/** Throws a 403 unless some rule lets `caller` make a row what `values` say. */
export async function checkParents(
  session: Session,
  caller: Caller | null,
  policy: Policy,
  action: Action,
  values: Row,
): Promise<void> {
  if (policy.letsIn(action, caller, values['ownerId'])) return;
  for (const name of policy.parents(action)) {
    const table = targetOf(columnOf(policy.table, name));
    const id = values[name] ?? null;
    if (table && id !== null && (await allMay(session, caller, 'update', table, [id]))) return;
  }
  throw new ApiError('FORBIDDEN');
}

async function allMay(
  session: Session,
  caller: Caller | null,
  action: Action,
  table: Table,
  ids: readonly unknown[],
): Promise<boolean> {
  if (ids.length === 0) return true;
  const may = policyOf(table)?.condition(action, caller) ?? true;
  const id = columnOf(table, 'id');
  const condition = allOf(inArray(id, [...ids]), asSql(may));
  const found = compile(sql`select ${id} from ${table} where ${condition}`, [id]);
  const rows = await session.rows(found, callerParameters(caller));
  return rows.length === ids.length;
}
