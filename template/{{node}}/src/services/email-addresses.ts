/** Addresses of accounts: verified, and changed once the new one is. */

import { eq } from 'drizzle-orm';

import { record } from '../lib/audit.ts';
import type { Caller } from '../lib/auth/caller.ts';
import { getSettings } from '../lib/config.ts';
import { now } from '../lib/contract/fields/times.ts';
import { updateRow } from '../lib/contract/writes.ts';
import type { Database, Session } from '../lib/db.ts';
import { ApiError, invalid } from '../lib/errors.ts';
import { forUpdate } from '../lib/locks.ts';
import * as messages from '../lib/mail/messages.ts';
import { EmailAddress, EmailChange, EmailVerification } from '../schemas/account.ts';
import { users } from '../tables/user.ts';
import { createLink, deleteLinks, send, spendLink, type Link } from './email-links.ts';
import type { LogInAttempts } from './log-in-attempts.ts';
import { confirmPassword, holdPassword } from './passwords.ts';

/** Sends a link that verifies the address of a new account; nothing where there is no mail. */
export async function sendVerification(
  session: Session,
  userId: string,
  email: string,
): Promise<void> {
  if (getSettings().sendsMail) {
    const token = await createLink(session, 'verify_email', userId, email);
    send(session, messages.verifyEmail(email, token));
  }
}

/** Tells whoever has an account with the address that somebody tried to register with it. */
export async function sendAddressTaken(session: Session, email: string): Promise<void> {
  await createLink(session, 'verify_email', null, email);
  send(session, messages.addressTaken(email));
}

/** Sends another link to the address in `body`, if an account has it and must verify it. */
export async function resendVerification(session: Session, body: unknown): Promise<void> {
  const { email } = EmailAddress.parse(body);
  const found = await findByEmail(session, email);
  const userId = found && !found.emailVerified ? found.id : null;
  const token = await createLink(session, 'verify_email', userId, email);
  send(session, userId === null ? null : messages.verifyEmail(email, token));
}

/**
 * Sends a link to the new address in `body`, which comes into force when it is followed.
 *
 * Throws 422 where the password is not the caller's, `RATE_LIMITED` after too many `attempts`.
 * Whoever has the new address is told so instead; the caller does not learn it.
 */
export async function changeEmail(
  database: Database,
  caller: Caller,
  body: unknown,
  attempts: LogInAttempts,
): Promise<void> {
  const { email, password } = EmailChange.parse(body);
  const member = 'password';
  const present = await confirmPassword(database, caller, attempts, { password, member });
  await database.write(async (session) => {
    await holdPassword(session, caller.userId, present, member);
    const found = await findByEmail(session, email);
    const isFree = found === undefined || found.id === caller.userId;
    const token = await createLink(session, 'change_email', isFree ? caller.userId : null, email);
    send(session, isFree ? messages.changeEmail(email, token) : messages.addressTaken(email));
    record(session, 'email_change_requested', caller.userId, 'users', caller.userId);
  });
}

/**
 * Does what the link in `body` is for: verifies an address, and puts a new one into force.
 *
 * Throws 422 where the link is spent, expired or none, or somebody else took the address meanwhile.
 */
export async function verifyEmail(session: Session, body: unknown): Promise<void> {
  const { token } = EmailVerification.parse(body);
  const link = await spendLink(session, token, 'verify_email', 'change_email');
  const { id, email } = users;
  const held = session.db.select({ email }).from(users).where(eq(id, link.userId));
  const [account] = await forUpdate(held);
  if (account === undefined) {
    throw invalid('token', 'token');
  }
  await putIntoForce(session, link);
  const isChange = link.email !== account.email;
  if (isChange) {
    await deleteLinks(session, link.userId); // those that the old address got
    send(session, messages.emailChanged(account.email, link.email));
  }
  const event = isChange ? 'email_changed' : 'email_verified';
  record(session, event, link.userId, 'users', link.userId);
}

async function putIntoForce(session: Session, { userId, email }: Link): Promise<void> {
  try {
    const changes = { email, emailVerified: true, updatedAt: now() };
    await updateRow(session, users, userId, changes);
  } catch (error) {
    throw error instanceof ApiError ? invalid('token', 'token') : error;
  }
}

async function findByEmail(session: Session, address: string) {
  const { id, email, emailVerified } = users;
  const found = session.db.select({ id, emailVerified }).from(users).where(eq(email, address));
  return (await found).at(0);
}
