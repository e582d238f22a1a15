/** Requests with a key, and what is kept of them. */

import { uuidv7 } from 'uuidv7';

import type { Attempt } from '../../src/lib/contract/idempotency.ts';
import type { Database } from '../../src/lib/db.ts';
import { idempotencyKeys as keys } from '../../src/tables/idempotency-key.ts';
import type { Answer, Client } from '../support/clients.ts';
import type { Person } from '../support/people.ts';
import { ROOM } from './factories.ts';

export const KEY = { 'Idempotency-Key': 'a-key' };
export const HALL = { name: 'Hall' };

/** Asks for a room with the key that all have here. */
export async function send(client: Client, path = ROOM.path, name = HALL.name): Promise<Answer> {
  return client.post(path, { name }, KEY);
}

/** Changes what is kept of every key. */
export async function change(
  database: Database,
  values: Partial<typeof keys.$inferInsert>,
): Promise<void> {
  await database.write(async (session) => session.changed(session.db.update(keys).set(values)));
}

/** Whether an answer was kept. */
export function isReplayed({ headers }: Answer): boolean {
  return headers.get('idempotency-replayed') === 'true';
}

/** Returns somebody's request, as one that runs elsewhere. */
export function attemptOf({ id }: Person): Attempt {
  const request = { method: 'POST', path: ROOM.path, key: 'a-key', body: HALL };
  return { ...request, userId: id, leaseId: uuidv7() };
}
