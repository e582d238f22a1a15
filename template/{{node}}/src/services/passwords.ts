/**
 * Passwords: confirmed, changed, and set anew by who has forgotten his.
 *
 * Hashing takes long on purpose: no connection is held meanwhile.
 */

import { eq, sql } from 'drizzle-orm';

import { record, recordAtOnce, type Event } from '../lib/audit.ts';
import type { Caller } from '../lib/auth/caller.ts';
import { endLogIns } from '../lib/auth/index.ts';
import { hashPassword, verifyPassword } from '../lib/auth/passwords.ts';
import { jsonName } from '../lib/contract/casing.ts';
import { now } from '../lib/contract/fields/times.ts';
import type { Database, Session } from '../lib/db.ts';
import { ApiError, invalid } from '../lib/errors.ts';
import { forNoKeyUpdate } from '../lib/locks.ts';
import * as messages from '../lib/mail/messages.ts';
import { EmailAddress, PasswordChange, PasswordReset } from '../schemas/account.ts';
import { users } from '../tables/user.ts';
import { checkLink, createLink, deleteLinks, send, spendLink } from './email-links.ts';
import type { LogInAttempts } from './log-in-attempts.ts';

/** The password that a caller gave, and the member of the body that held it. */
export interface Given {
  readonly password: string;
  readonly member: string;
}

/**
 * Returns the hash of the caller's password.
 *
 * Throws 422 on the member where it is another, which counts as a failed log-in, and `RATE_LIMITED`
 * after too many `attempts`.
 */
export async function confirmPassword(
  database: Database,
  { userId }: Caller,
  attempts: LogInAttempts,
  { password, member }: Given,
): Promise<string> {
  const account = await database.read(async (session) => findById(session, userId));
  if (account === undefined) {
    throw new ApiError('UNAUTHENTICATED');
  }
  const { email, passwordHash } = account;
  return attempts.judge(email, async () => {
    if (!(await verifyPassword(passwordHash, password)) || passwordHash === null) {
      recordAtOnce('log_in_failed', userId, 'users', userId);
      throw invalid(jsonName(member), 'password_wrong');
    }
    return passwordHash;
  });
}

/** Locks an account to the end of the unit of work; throws 422 where its hash is not `present`. */
export async function holdPassword(
  session: Session,
  userId: string,
  present: string,
  member: string,
): Promise<void> {
  const { passwordHash } = users;
  const row = session.db.select({ passwordHash }).from(users).where(eq(users.id, userId));
  const [held] = await forNoKeyUpdate(row);
  if (held?.passwordHash !== present) {
    throw invalid(jsonName(member), 'password_wrong');
  }
}

/**
 * Gives the caller's account a new password and ends all its log-ins, this one too.
 *
 * Throws as `confirmPassword` where the present password is not the one in `body`.
 */
export async function changePassword(
  database: Database,
  caller: Caller,
  body: unknown,
  attempts: LogInAttempts,
): Promise<void> {
  const data = PasswordChange.parse(body);
  const member = 'currentPassword';
  const given = { password: data.currentPassword, member };
  const present = await confirmPassword(database, caller, attempts, given);
  const passwordHash = await hashPassword(data.newPassword);
  await database.write(async (session) => {
    await holdPassword(session, caller.userId, present, member);
    await replace(session, caller.userId, { passwordHash }, 'password_changed');
  });
}

/** Sends a link for a new password to the address in `body`, if an account has it. */
export async function forgotPassword(session: Session, body: unknown): Promise<void> {
  const { email } = EmailAddress.parse(body);
  const { id } = users;
  const [found] = await session.db.select({ id }).from(users).where(eq(users.email, email));
  const token = await createLink(session, 'reset_password', found?.id ?? null, email);
  send(session, found === undefined ? null : messages.resetPassword(email, token));
}

/**
 * Gives the account whose link is in `body` a new password and ends all its log-ins.
 *
 * Whoever has the link reads the account's mail, so the address is verified with it. Throws 422
 * where the link is spent, expired or none.
 */
export async function resetPassword(database: Database, body: unknown): Promise<void> {
  const { token, password } = PasswordReset.parse(body);
  await database.read(async (session) => checkLink(session, token, 'reset_password'));
  const passwordHash = await hashPassword(password);
  await database.write(async (session) => {
    const { userId } = await spendLink(session, token, 'reset_password');
    const changes = { passwordHash, emailVerified: true };
    await replace(session, userId, changes, 'password_reset');
  });
}

async function replace(
  session: Session,
  userId: string,
  changes: Partial<typeof users.$inferInsert>,
  event: Event,
): Promise<void> {
  const values = { ...changes, version: sql`${users.version} + 1`, updatedAt: now() };
  await session.changed(session.db.update(users).set(values).where(eq(users.id, userId)));
  await deleteLinks(session, userId);
  await endLogIns(session, userId);
  record(session, event, userId, 'users', userId);
}

async function findById(session: Session, userId: string) {
  const { email, passwordHash } = users;
  const named = session.db.select({ email, passwordHash }).from(users);
  return (await named.where(eq(users.id, userId))).at(0);
}
