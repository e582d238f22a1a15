/** Logging in with address and password. */

import { eq } from 'drizzle-orm';

import { record, recordAtOnce } from '../lib/audit.ts';
import { hashPassword, isOutdated, verifyPassword } from '../lib/auth/passwords.ts';
import { getSettings } from '../lib/config.ts';
import { now } from '../lib/contract/fields/times.ts';
import type { Database, Session } from '../lib/db.ts';
import { ApiError } from '../lib/errors.ts';
import { forNoKeyUpdate } from '../lib/locks.ts';
import { Credentials } from '../schemas/account.ts';
import { users } from '../tables/user.ts';
import type { LogInAttempts } from './log-in-attempts.ts';

/** What begins a log-in of the account with an id, and returns what its client gets. */
export type Begin<T> = (session: Session, userId: string) => Promise<T>;

interface Account {
  readonly id: string;
  readonly passwordHash: string;
}

/**
 * Returns what `begin` does for the account that `body` holds address and password of.
 *
 * Its row is locked meanwhile: whoever changes the password waits, and ends this log-in with all
 * others. Throws `INVALID_CREDENTIALS`, `FORBIDDEN` for an address that has to be verified first,
 * and `RATE_LIMITED` after too many `attempts`.
 */
export async function logIn<T>(
  database: Database,
  body: unknown,
  attempts: LogInAttempts,
  begin: Begin<T>,
): Promise<T> {
  const { email, password } = Credentials.parse(body);
  return attempts.judge(email, async () => judge(database, email, password, begin));
}

async function judge<T>(
  database: Database,
  email: string,
  password: string,
  begin: Begin<T>,
): Promise<T> {
  for (;;) {
    // Hashing takes long on purpose: no connection is held meanwhile.
    const account = await check(database, email, password);
    const isOld = isOutdated(account.passwordHash);
    const renewed = isOld ? await hashPassword(password) : null;
    const begun = await database.write(async (session) => {
      if (!(await hold(session, account))) {
        return null;
      }
      if (renewed !== null) {
        await renew(session, account.id, renewed);
      }
      record(session, 'logged_in', account.id, 'users', account.id);
      return { result: await begin(session, account.id) };
    });
    if (begun !== null) {
      return begun.result;
    }
    // The password has changed meanwhile: judge anew.
  }
}

async function check(database: Database, email: string, password: string): Promise<Account> {
  const found = await database.read(async (session) => findByEmail(session, email));
  const passwordHash = found?.passwordHash ?? null;
  const isRight = await verifyPassword(passwordHash, password);
  if (!isRight || found === undefined || passwordHash === null) {
    throw refusal(found?.id ?? null, new ApiError('INVALID_CREDENTIALS'));
  }
  if (getSettings().mustVerifyEmail && !found.emailVerified) {
    throw refusal(found.id, new ApiError('FORBIDDEN', { message: 'email_unverified' }));
  }
  return { id: found.id, passwordHash };
}

function refusal(userId: string | null, error: ApiError): ApiError {
  recordAtOnce('log_in_failed', null, 'users', userId);
  return error;
}

async function findByEmail(session: Session, email: string) {
  const { id, passwordHash, emailVerified } = users;
  const named = session.db.select({ id, passwordHash, emailVerified }).from(users);
  return (await named.where(eq(users.email, email))).at(0);
}

/** Locks the account, and tells whether its password is still the one that was judged. */
async function hold(session: Session, { id, passwordHash }: Account): Promise<boolean> {
  const present = { passwordHash: users.passwordHash };
  const row = session.db.select(present).from(users).where(eq(users.id, id));
  const [held] = await forNoKeyUpdate(row);
  return held?.passwordHash === passwordHash;
}

async function renew(session: Session, userId: string, passwordHash: string): Promise<void> {
  const changes = { passwordHash, updatedAt: now() };
  await session.changed(session.db.update(users).set(changes).where(eq(users.id, userId)));
}
