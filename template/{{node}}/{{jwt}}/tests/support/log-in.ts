/** Logging in without the work of a password, for tests that are about something else. */

import type { Database } from '../../src/lib/db.ts';
import { startFamily } from '../../src/services/tokens.ts';

/** Returns the headers of a request by an account. */
export async function logInHeaders(
  database: Database,
  userId: string,
): Promise<Record<string, string>> {
  const tokens = await database.write(async (session) => startFamily(session, userId));
  return { Authorization: `Bearer ${String(tokens['accessToken'])}` };
}
