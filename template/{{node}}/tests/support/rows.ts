/** Rows straight in the database, so that no rule and no endpoint stands in the way. */

import { uuidv7 } from 'uuidv7';

import { stamps } from '../../src/lib/contract/fields/times.ts';
import type { Row } from '../../src/lib/contract/pages.ts';
import { columnsOf } from '../../src/lib/contract/tables.ts';
import { insertRow } from '../../src/lib/contract/writes.ts';
import type { Session } from '../../src/lib/db.ts';
import { users } from '../../src/tables/user.ts';
import { FACTORIES } from '../factories/index.ts';
import { type Factory, fresh } from './factory.ts';

/** A row whose id is known. */
export type StoredRow = Row & { readonly id: string };

/**
 * Inserts a row with new values that `ownerId` owns, and those that it needs, owned by `aboveId`.
 *
 * What is `given` stands instead; links are empty.
 */
export async function storeRow(
  session: Session,
  factory: Factory,
  ownerId: string,
  aboveId = ownerId,
  given: Row = {},
): Promise<StoredRow> {
  const owner = 'ownerId' in columnsOf(factory.table) ? { ownerId } : {};
  const related: Row = {};
  for (const [name, { target, isRequired }] of Object.entries(factory.relations ?? {})) {
    if (!(name in given)) {
      related[name] = isRequired ? await storeTarget(session, target, aboveId) : null;
    }
  }
  const own = { id: uuidv7(), ...owner, ...stamps(), version: 1 };
  const row = { ...fresh(factory), ...related, ...given, ...own };
  await insertRow(session, factory.table, row);
  return row;
}

async function storeTarget(session: Session, target: string, ownerId: string): Promise<string> {
  if (target !== 'user') {
    return (await storeRow(session, known(target), ownerId)).id;
  }
  const id = uuidv7();
  const account = { id, email: `${id}@example.com`, emailVerified: false };
  await insertRow(session, users, { ...account, ...stamps(), version: 1 });
  return id;
}

function known(target: string): Factory {
  const factory = FACTORIES[target];
  if (factory === undefined) {
    throw new TypeError(`there is no factory for ${target}`);
  }
  return factory;
}
