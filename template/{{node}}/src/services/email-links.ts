/** Links that are mailed: each is good once and for a while, and only its hash is known here. */

import { createHash, randomBytes } from 'node:crypto';

import { and, eq, gt, inArray, isNotNull, lte } from 'drizzle-orm';
import { uuidv7 } from 'uuidv7';

import { momentIn, now, stamps } from '../lib/contract/fields/times.ts';
import type { Session } from '../lib/db.ts';
import { invalid } from '../lib/errors.ts';
import type { Message } from '../lib/mail/messages.ts';
import { getOutbox } from '../lib/mail/outbox.ts';
import { emailLinks, type Purpose } from '../tables/email-link.ts';

const TOKEN_BYTES = 32;
const HOUR = 3600;

/** How many seconds a link is good for. */
export const LIVES: Readonly<Record<Purpose, number>> = {
  verify_email: 24 * HOUR,
  change_email: HOUR,
  reset_password: HOUR,
};

/** What a link is for. */
export interface Link {
  readonly userId: string;
  readonly email: string;
}

/**
 * Returns the token of a new link for an account.
 *
 * Without an account the same is done, so that nobody can tell by the time it takes; the token
 * is good for nothing then, and the address is not kept.
 */
export async function createLink(
  session: Session,
  purpose: Purpose,
  userId: string | null,
  email: string,
): Promise<string> {
  const token = randomBytes(TOKEN_BYTES).toString('base64url');
  const row = {
    id: uuidv7(),
    userId,
    purpose,
    email: userId === null ? '' : email,
    tokenHash: hashOf(token),
    expiresAt: momentIn(LIVES[purpose]),
    ...stamps(),
  };
  await session.changed(session.db.insert(emailLinks).values(row));
  return token;
}

/**
 * Sends `message` once `session` is committed; without one the same is done for nobody.
 *
 * Throws `SERVICE_UNAVAILABLE` where too many mails wait.
 */
export function send(session: Session, message: Message | null): void {
  const outbox = getOutbox();
  outbox.requireRoom();
  session.onCommit(() => outbox.put(message));
}

/** Returns what a link is for; throws 422 on `token` where it is spent, expired or none. */
export async function checkLink(
  session: Session,
  token: string,
  ...purposes: Purpose[]
): Promise<Link> {
  const { userId, email } = emailLinks;
  const good = and(
    eq(emailLinks.tokenHash, hashOf(token)),
    inArray(emailLinks.purpose, purposes),
    isNotNull(userId),
    gt(emailLinks.expiresAt, now()),
  );
  const [found] = await session.db.select({ userId, email }).from(emailLinks).where(good);
  if (found === undefined || found.userId === null) {
    throw invalid('token', 'token');
  }
  return { userId: found.userId, email: found.email };
}

/** Returns what a link is for, and deletes it; of racing requests one gets it. As `checkLink`. */
export async function spendLink(
  session: Session,
  token: string,
  ...purposes: Purpose[]
): Promise<Link> {
  const link = await checkLink(session, token, ...purposes);
  const spent = session.db.delete(emailLinks).where(eq(emailLinks.tokenHash, hashOf(token)));
  if ((await session.changed(spent)) === 0) {
    throw invalid('token', 'token');
  }
  return link;
}

/** Deletes every link of an account. */
export async function deleteLinks(session: Session, userId: string): Promise<void> {
  await session.changed(session.db.delete(emailLinks).where(eq(emailLinks.userId, userId)));
}

/** Deletes the links that have expired and returns how many those were. */
export async function pruneLinks(session: Session): Promise<number> {
  return session.changed(session.db.delete(emailLinks).where(lte(emailLinks.expiresAt, now())));
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
