/**
 * Requests that are sent again: for a day the first answer is kept, by caller, path and key.
 *
 * The first one leases the key in a transaction of its own; the answer is kept in the transaction
 * that writes the row. So whatever becomes of a process, there is a row and its answer or neither,
 * and a lease that nobody ends runs out.
 */

import { createHash, createHmac } from 'node:crypto';

import { and, eq, isNull, lte, or, type SQL } from 'drizzle-orm';

import { idempotencyKeys as keys } from '../../tables/idempotency-key.ts';
import type { Database, Session } from '../db.ts';
import { explain } from '../dialect.ts';
import { ApiError } from '../errors.ts';
import { keysFor } from '../keys.ts';
import { now } from './fields/times.ts';

const KEPT_FOR_MS = 24 * 3600 * 1000;
const ATTEMPTS = 3;

/** What the first request was answered. */
export interface KeptAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** One request with a key: whose it is, where it goes, what it says, and its own lease. */
export interface Attempt {
  readonly userId: string;
  readonly method: string;
  readonly path: string;
  readonly key: string;
  readonly body: unknown;
  readonly leaseId: string;
}

type Held = typeof keys.$inferSelect;

/**
 * Returns the first answer; null where there is none yet, and the key is leased for so many
 * `seconds`.
 *
 * @throws ApiError a 422 where the key went with another body, a 409 where the first one still runs.
 */
export async function claim(
  database: Database,
  attempt: Attempt,
  seconds: number,
): Promise<KeptAnswer | null> {
  for (let tried = 0; tried < ATTEMPTS; tried += 1) {
    if (await lease(database, attempt, seconds)) return null;
    const held = await takeOver(database, attempt, seconds);
    if (held === 'leased') return null;
    if (held !== undefined) return answerOf(attempt, held);
  }
  throw running();
}

/** Keeps `answer` with what `session` commits; a 409 where the lease went to another. */
export async function complete(
  session: Session,
  attempt: Attempt,
  answer: KeptAnswer,
): Promise<void> {
  const { status, headers, body } = answer;
  const kept = { status, headers: { ...headers }, body, updatedAt: now() };
  const changed = await session.changed(
    session.db.update(keys).set(kept).where(isRunning(attempt)),
  );
  if (changed === 0) throw running();
}

/** Ends the lease without an answer: the next request with the key is the first. */
export async function free(session: Session, attempt: Attempt): Promise<void> {
  await session.changed(session.db.delete(keys).where(isRunning(attempt)));
}

/** Deletes the answers that are not kept any more and returns how many that were. */
export async function pruneKeys(session: Session): Promise<number> {
  return session.changed(session.db.delete(keys).where(lte(keys.createdAt, oldest())));
}

async function lease(database: Database, attempt: Attempt, seconds: number): Promise<boolean> {
  try {
    await database.write((session) =>
      session.changed(session.db.insert(keys).values(leased(attempt, seconds))),
    );
    return true;
  } catch (error) {
    if (explain(error)) return false; // it is leased, or its account is gone
    throw error;
  }
}

/**
 * Leases a key that is too old, or that its holder left; else returns what is held of it.
 *
 * That is undefined where the key is free again.
 */
async function takeOver(
  database: Database,
  attempt: Attempt,
  seconds: number,
): Promise<Held | 'leased' | undefined> {
  const left = or(lte(keys.leaseExpiresAt, now()), eq(keys.leaseId, attempt.leaseId));
  const isThis = eq(keys.keyHash, hashOf(attempt));
  const isOver = or(lte(keys.createdAt, oldest()), and(isNull(keys.status), left));
  return database.write(async (session) => {
    const taking = session.db.update(keys).set(leased(attempt, seconds)).where(and(isThis, isOver));
    if ((await session.changed(taking)) > 0) return 'leased';
    const [held] = await session.db.select().from(keys).where(isThis);
    return held;
  });
}

function leased(attempt: Attempt, seconds: number): Held {
  const moment = now();
  return {
    keyHash: hashOf(attempt),
    userId: attempt.userId,
    bodyHash: bodyHashes(attempt)[0] ?? '',
    leaseId: attempt.leaseId,
    leaseExpiresAt: later(moment, seconds * 1000),
    status: null,
    headers: null,
    body: null,
    createdAt: moment,
    updatedAt: moment,
  };
}

function answerOf(attempt: Attempt, held: Held): KeptAnswer {
  if (!bodyHashes(attempt).includes(held.bodyHash)) throw new ApiError('IDEMPOTENCY_KEY_REUSED');
  if (held.status === null) throw running();
  return { status: held.status, headers: held.headers ?? {}, body: held.body ?? '' };
}

/** What tells the key from all others. */
function hashOf({ userId, method, path, key }: Attempt): string {
  return createHash('sha256')
    .update(JSON.stringify([userId, method, path, key]))
    .digest('hex');
}

/** What tells the body from others, whatever the order of its members; by each secret. */
function bodyHashes({ body }: Attempt): string[] {
  const canonical = JSON.stringify(body, inOrder);
  return keysFor('idempotency').map((key) =>
    createHmac('sha256', key).update(canonical).digest('hex'),
  );
}

function inOrder(_name: string, value: unknown): unknown {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value;
  const members = Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(members);
}

function isRunning(attempt: Attempt): SQL | undefined {
  return and(
    eq(keys.keyHash, hashOf(attempt)),
    eq(keys.leaseId, attempt.leaseId),
    isNull(keys.status),
  );
}

function oldest(): string {
  return later(now(), -KEPT_FOR_MS);
}

function later(moment: string, milliseconds: number): string {
  return new Date(Date.parse(moment) + milliseconds).toISOString();
}

function running(): ApiError {
  return new ApiError('CONFLICT', { message: 'still_running', headers: { 'Retry-After': '1' } });
}
