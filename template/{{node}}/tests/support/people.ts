/** Accounts for tests. */

import { uuidv7 } from 'uuidv7';

import { hashPassword } from '../../src/lib/auth/passwords.ts';
import { stamps } from '../../src/lib/contract/fields/times.ts';
import type { Database } from '../../src/lib/db.ts';
import { userRoles, users } from '../../src/tables/user.ts';
import { Client } from './clients.ts';
import { logInHeaders } from './log-in.ts';

export const PASSWORD = 'correct horse battery staple';

let passwordHash: Promise<string> | undefined;

/** An account, and a client that is logged in with it. */
export interface Person {
  readonly id: string;
  readonly email: string;
  readonly client: Client;
}

/** Makes a new person with some roles. */
export type SignUp = (...roles: string[]) => Promise<Person>;

/** Returns what makes people who call the service at `url`. */
export function signUpWith(database: Database, url: string): SignUp {
  let made = 0;
  return async (...roles) => {
    const [id, email] = [uuidv7(), `person${(made += 1)}@example.com`];
    await store(database, id, email, roles);
    const headers = await logInHeaders(database, id);
    return { id, email, client: new Client(url, headers) };
  };
}

async function store(
  database: Database,
  id: string,
  email: string,
  roles: readonly string[],
): Promise<void> {
  const row = { id, email, passwordHash: await (passwordHash ??= hashPassword(PASSWORD)) };
  await database.write(async (session) => {
    const account = { ...row, emailVerified: false, ...stamps(), version: 1 };
    await session.changed(session.db.insert(users).values(account));
    for (const role of roles) {
      await session.changed(session.db.insert(userRoles).values({ userId: id, role, ...stamps() }));
    }
  });
}
