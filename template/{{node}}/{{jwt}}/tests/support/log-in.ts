/** Logging in: with a password, or without its work for tests that are about something else. */

import type { Database } from '../../src/lib/db.ts';
import { startFamily } from '../../src/services/tokens.ts';
import type { Answer, Client } from './clients.ts';
import { PASSWORD } from './people.ts';
import { EMAIL, post } from './steps.ts';

/** Tries to log in. */
export async function logIn(client: Client, email = EMAIL, password = PASSWORD): Promise<Answer> {
  return post(client, 'tokens', { email, password });
}

/** Returns the headers of a request by an account. */
export async function logInHeaders(
  database: Database,
  userId: string,
): Promise<Record<string, string>> {
  const tokens = await database.write(async (session) => startFamily(session, userId));
  return { Authorization: `Bearer ${String(tokens['accessToken'])}` };
}
