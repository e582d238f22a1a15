/** What the services of accounts promise besides their answers. */

import { hash } from '@node-rs/argon2';
import { describe, expect, vi } from 'vitest';
import { uuidv7 } from 'uuidv7';

import type { Caller } from '../src/lib/auth/caller.ts';
import * as hashing from '../src/lib/auth/passwords.ts';
import { jsonNames } from '../src/lib/contract/casing.ts';
import type { Database } from '../src/lib/db.ts';
import { ApiError } from '../src/lib/errors.ts';
import { NEW_PASSWORD } from '../src/schemas/account.ts';
import { getAccount } from '../src/services/accounts.ts';
import { LogInAttempts } from '../src/services/log-in-attempts.ts';
import { logIn } from '../src/services/log-ins.ts';
import { changePassword } from '../src/services/passwords.ts';
import { findUserId, grantRole, revokeRole } from '../src/services/roles.ts';
import { users } from '../src/tables/user.ts';
import { PASSWORD } from './support/people.ts';
import { EMAIL, post, registered } from './support/steps.ts';
import { test } from './support/test.ts';

vi.mock(import('../src/lib/auth/passwords.ts'), { spy: true });

const UNCOUNTED = new LogInAttempts(null, EMAIL);

/** Returns a hash that is cheap, and not as hashes must be. */
async function weak(password: string): Promise<string> {
  return hash(password, { memoryCost: 8, timeCost: 1, parallelism: 1 });
}

async function storedHash(database: Database): Promise<string> {
  const { passwordHash } = users;
  const rows = await database.read(async ({ db }) => db.select({ passwordHash }).from(users));
  return String(rows[0]?.passwordHash);
}

async function storeHash(database: Database, passwordHash: string | null): Promise<void> {
  await database.write(async (session) => {
    await session.changed(session.db.update(users).set({ passwordHash }));
  });
}

/** Returns the code of the error, null for a log-in. */
async function codeOfLogIn(database: Database, email: string, password: string) {
  return codeOf(logIn(database, { email, password }, UNCOUNTED, async () => 'begun'));
}

async function codeOf(work: Promise<unknown>): Promise<string | null> {
  try {
    await work;
    return null;
  } catch (error) {
    return error instanceof ApiError ? error.code : String(error);
  }
}

async function idOf(database: Database, email = EMAIL): Promise<string> {
  return (await database.read(async (session) => findUserId(session, email))) ?? '';
}

describe('passwords', () => {
  test('only a hash with the right parameters is stored', async ({ client, database }) => {
    await registered(client);
    expect(await storedHash(database)).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  });

  test.for([EMAIL, 'unknown@example.com'])(
    'a failed log-in costs the same for any address: %s',
    async (email, { client, database }) => {
      await registered(client);
      const verified = vi.mocked(hashing.verifyPassword).mockClear();
      expect(await codeOfLogIn(database, email, 'wrong')).toBe('INVALID_CREDENTIALS');
      expect(verified).toHaveBeenCalledOnce();
    },
  );

  test('the hash of unknown accounts has the parameters of all others', async () => {
    expect(hashing.isOutdated(hashing.NOBODYS_HASH)).toBe(false);
    expect(await hashing.verifyPassword(null, PASSWORD)).toBe(false);
  });

  test('one is the same however it was typed', async ({ client, database }) => {
    await post(client, 'register', { email: EMAIL, password: 'e\u0301'.repeat(12) });
    expect(await codeOfLogIn(database, EMAIL, '\u00e9'.repeat(12))).toBeNull();
  });

  test('an outdated hash is renewed at log-in', async ({ client, database }) => {
    await registered(client);
    await storeHash(database, await weak(PASSWORD));
    expect(await codeOfLogIn(database, EMAIL, PASSWORD)).toBeNull();
    const renewed = await storedHash(database);
    expect(hashing.isOutdated(renewed)).toBe(false);
    expect(await hashing.verifyPassword(renewed, PASSWORD)).toBe(true);
  });

  test('an account without one cannot log in', async ({ client, database }) => {
    await registered(client);
    await storeHash(database, null);
    expect(await codeOfLogIn(database, EMAIL, PASSWORD)).toBe('INVALID_CREDENTIALS');
  });

  test('one that changes during a log-in is judged anew', async ({ client, database }) => {
    await registered(client);
    const { verifyPassword } = await vi.importActual<typeof hashing>(
      '../src/lib/auth/passwords.ts',
    );
    vi.mocked(hashing.verifyPassword).mockImplementationOnce(async (known, password) => {
      const isRight = await verifyPassword(known, password);
      await storeHash(database, await weak(`another ${PASSWORD}`));
      return isRight;
    });
    expect(await codeOfLogIn(database, EMAIL, PASSWORD)).toBe('INVALID_CREDENTIALS');
  });

  test('of two changes at once the second fails', async ({ client, database }) => {
    await registered(client);
    const userId = await idOf(database);
    const caller: Caller = {
      userId,
      roles: new Set(),
      scopes: null,
      strategy: '',
      sessionId: null,
    };
    vi.mocked(hashing.hashPassword).mockImplementationOnce(async () => {
      await storeHash(database, await weak(`another ${PASSWORD}`));
      return weak('new');
    });
    const body = jsonNames({ currentPassword: PASSWORD, newPassword: `new ${PASSWORD}` });
    const changed = changePassword(database, caller, body, UNCOUNTED);
    expect(await codeOf(changed)).toBe('VALIDATION_ERROR');
  });

  test('one is described with its limits', () => {
    const described = { minLength: 12, maxLength: 128, writeOnly: true, format: 'password' };
    expect(NEW_PASSWORD.describe()).toMatchObject(described);
  });
});

test('an account that is gone is 401', async ({ database }) => {
  const found = database.read(async (session) => getAccount(session, uuidv7()));
  expect(await codeOf(found)).toBe('UNAUTHENTICATED');
});

test('the password of an account that is gone is 401', async ({ database }) => {
  const userId = uuidv7();
  const caller: Caller = { userId, roles: new Set(), scopes: null, strategy: '', sessionId: null };
  const body = jsonNames({ currentPassword: PASSWORD, newPassword: `new ${PASSWORD}` });
  const changed = changePassword(database, caller, body, UNCOUNTED);
  expect(await codeOf(changed)).toBe('UNAUTHENTICATED');
});

test('roles are granted and revoked once', async ({ client, database }) => {
  await registered(client);
  const userId = await idOf(database);
  const changed = [];
  for (const change of [grantRole, grantRole, revokeRole, revokeRole]) {
    changed.push(await database.write(async (session) => change(session, userId, 'admin')));
  }
  expect(changed).toEqual([true, false, true, false]);
  const account = await database.read(async (session) => getAccount(session, userId));
  expect(account).toMatchObject({ roles: [], version: 3 });
});

test('a role for nobody is 404', async ({ database }) => {
  const granted = database.write(async (session) => grantRole(session, uuidv7(), 'admin'));
  expect(await codeOf(granted)).toBe('NOT_FOUND');
});
