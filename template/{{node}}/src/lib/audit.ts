/**
 * The audit log: who did what with which row, when and from where; never a secret.
 *
 * What a unit of work does is written once it is committed, a fact of security at once.
 */

import { currentContext } from './context.ts';
import { now } from './contract/fields/times.ts';
import type { Session } from './db.ts';
import { logger } from './logs.ts';

/** What is recorded. */
export const EVENTS = [
  'created',
  'updated',
  'deleted',
  'refused',
  'registered',
  'logged_in',
  'log_in_failed',
  'logged_out',
  'refreshed',
  'token_reused',
  'password_changed',
  'password_reset',
  'email_verified',
  'email_change_requested',
  'email_changed',
  'role_granted',
  'role_revoked',
] as const;

export type Event = (typeof EVENTS)[number];
type Details = Readonly<Record<string, unknown>>;

/** Writes, when `session` is committed, that `userId` did this with a row of `table`. */
export function record(
  session: Session,
  event: Event,
  userId: string | null,
  table: string,
  rowId: string | null,
  details: Details = {},
): void {
  const entry = entryOf(userId, table, rowId, details);
  session.onCommit(() => write(event, entry));
}

/** Writes what counts whether or not the request goes on to commit anything. */
export function recordAtOnce(
  event: Event,
  userId: string | null,
  table: string | null,
  rowId: string | null,
  details: Details = {},
): void {
  write(event, entryOf(userId, table, rowId, details));
}

function write(event: Event, entry: object): void {
  // Apart from LOG_LEVEL: whoever silences the service does not silence this.
  logger('audit', 'info').info(entry, event);
}

function entryOf(
  userId: string | null,
  table: string | null,
  rowId: string | null,
  details: Details,
): Record<string, unknown> {
  const { requestId, client } = currentContext(); // both null in a command
  return {
    user_id: userId,
    table,
    row_id: rowId,
    occurred_at: now(),
    request_id: requestId,
    client,
    details,
  };
}
