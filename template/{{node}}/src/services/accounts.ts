/** What can be done with accounts. */

import { eq, getTableColumns } from 'drizzle-orm';
import { uuidv7 } from 'uuidv7';

import { record } from '../lib/audit.ts';
import type { Caller } from '../lib/auth/caller.ts';
import { hashPassword } from '../lib/auth/passwords.ts';
import { getSettings } from '../lib/config.ts';
import { now, stamps } from '../lib/contract/fields/times.ts';
import type { Row } from '../lib/contract/pages.ts';
import { raiseVersions } from '../lib/contract/ripples.ts';
import { changesBetween, deleteRow, insertRow, updateRow } from '../lib/contract/writes.ts';
import type { Database, Session } from '../lib/db.ts';
import { ApiError } from '../lib/errors.ts';
import { Account, AccountUpdate, Deletion, Registration } from '../schemas/account.ts';
import { userRoles, users } from '../tables/user.ts';
import { sendAddressTaken, sendVerification } from './email-addresses.ts';
import type { LogInAttempts } from './log-in-attempts.ts';
import { confirmPassword, holdPassword } from './passwords.ts';

/** An account that is about to be made. */
export interface NewAccount {
  readonly email: string;
  readonly name: string | null;
  readonly passwordHash: string;
}

/**
 * Makes the account that `body` describes and asks its address by mail.
 *
 * Returns the account; throws 409 where its address is taken. Where addresses must be verified it
 * returns null for any address: only whoever reads its mail learns whether it was taken.
 */
export async function register(database: Database, body: unknown): Promise<Row | null> {
  const account = await readRegistration(body);
  const isSecret = getSettings().mustVerifyEmail;
  try {
    const row = await database.write(async (session) => createAndAsk(session, account));
    return isSecret ? null : row;
  } catch (error) {
    if (!isSecret || !(error instanceof ApiError) || error.code !== 'CONFLICT') {
      throw error;
    }
  }
  await database.write(async (session) => sendAddressTaken(session, account.email));
  return null;
}

/** Returns the account that `body` describes, its password hashed; throws 422 for a faulty one. */
export async function readRegistration(body: unknown): Promise<NewAccount> {
  const { password, ...account } = Registration.parse(body);
  return { ...account, passwordHash: await hashPassword(password) };
}

async function createAndAsk(session: Session, account: NewAccount): Promise<Row> {
  const row = await createAccount(session, account);
  await sendVerification(session, row.id, account.email);
  return row;
}

/** Makes an account and returns it; throws 409 where its address is taken. */
export async function createAccount(
  session: Session,
  account: NewAccount,
  emailVerified = false,
): Promise<Row & { readonly id: string }> {
  const id = uuidv7();
  const row = { ...account, id, emailVerified, ...stamps(), version: 1 };
  await insertRow(session, users, row);
  record(session, 'registered', id, 'users', id);
  return { ...represent(row, []), id };
}

/** Returns an account with its roles; throws 401 where it is gone. */
export async function getAccount(session: Session, userId: string): Promise<Row> {
  const rows = await session.db
    .select({ ...getTableColumns(users), role: userRoles.role })
    .from(users)
    .leftJoin(userRoles, eq(userRoles.userId, users.id))
    .where(eq(users.id, userId));
  const [first] = rows;
  if (first === undefined) {
    throw new ApiError('UNAUTHENTICATED');
  }
  return represent(
    first,
    rows.flatMap(({ role }) => role ?? []),
  );
}

function represent(row: Row, roles: string[]): Row {
  const named: Row = { ...row, roles: roles.sort() };
  return Object.fromEntries(Account.attributes.map((name) => [name, named[name]]));
}

/** Changes the caller's account as `body` says; what changes nothing leaves it as it is. */
export async function updateAccount(
  session: Session,
  { userId }: Caller,
  body: unknown,
): Promise<Row> {
  const given = AccountUpdate.parse(body);
  const row = await getAccount(session, userId);
  const changes = changesBetween(row, given);
  const fields = Object.keys(changes).sort();
  if (fields.length === 0) {
    return row;
  }
  await updateRow(session, users, userId, { ...changes, updatedAt: now() });
  record(session, 'updated', userId, 'users', userId, { fields });
  return getAccount(session, userId);
}

/**
 * Deletes the caller's account with all that the specification lets go with it.
 *
 * Throws as `confirmPassword` where the password in `body` is not the account's, 409 where rows
 * must keep it.
 */
export async function deleteAccount(
  database: Database,
  caller: Caller,
  body: unknown,
  attempts: LogInAttempts,
): Promise<void> {
  const { password } = Deletion.parse(body);
  const { userId } = caller;
  const member = 'password';
  const present = await confirmPassword(database, caller, attempts, { password, member });
  await database.write(async (session) => {
    await holdPassword(session, userId, present, member);
    const cascaded = await raiseVersions(session, users, [userId]);
    await deleteRow(session, users, userId);
    record(session, 'deleted', userId, 'users', userId, { cascaded });
  });
}
