/** What tests of accounts do on the way. */

import { jsonNames } from '../../src/lib/contract/casing.ts';
import type { Answer, Client } from './clients.ts';
import { PASSWORD } from './people.ts';

export const EMAIL = 'ada@example.com';
export const ME = '/api/v1/auth/me';

/** Posts `members`, under the clients' names, to a path under `auth`. */
export async function post(
  client: Client,
  path: string,
  members: Readonly<Record<string, unknown>> = {},
): Promise<Answer> {
  return client.post(`/api/v1/auth/${path}`, jsonNames(members));
}

/** Registers an account with the password that all have here. */
export async function registered(client: Client, email = EMAIL): Promise<Answer> {
  return post(client, 'register', { email, password: PASSWORD });
}

/** Changes the password of whom `client` is logged in as. */
export async function changePassword(
  client: Client,
  currentPassword: string,
  newPassword: string,
): Promise<Answer> {
  return post(client, 'password', { currentPassword, newPassword });
}
