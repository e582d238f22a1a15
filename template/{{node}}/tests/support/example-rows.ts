/** Example rows for development, and somebody who owns them. */

import { ROLES, findUserId, grantRole } from '../../src/services/roles.ts';
import { createAccount, readRegistration } from '../../src/services/accounts.ts';
import type { Database } from '../../src/lib/db.ts';
import { FACTORIES } from '../factories/index.ts';
import { storeRow } from './rows.ts';

export const EMAIL = 'demo@example.com';
export const PASSWORD = 'correct horse battery staple';

/** Makes an account that has every role and owns some rows of each resource; says so. */
export async function seed(database: Database): Promise<string> {
  const account = await readRegistration({ email: EMAIL, password: PASSWORD });
  return database.write(async (session) => {
    if ((await findUserId(session, EMAIL)) !== null) {
      return `There is an account ${EMAIL} already, so nothing was made.`;
    }
    const { id } = await createAccount(session, account, true);
    for (const role of [...ROLES].toSorted()) {
      await grantRole(session, id, role);
    }
    for (const factory of Object.values(FACTORIES)) {
      for (let made = 0; made < factory.capacity; made += 1) {
        await storeRow(session, factory, id);
      }
    }
    return `Example rows were made. Log in as ${EMAIL} with the password '${PASSWORD}'.`;
  });
}
