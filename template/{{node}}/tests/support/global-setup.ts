/** Runs once before all tests: a migrated database that each process of tests gets a copy of. */

import { prepareCounting } from './counting.ts';
import { prepare } from './scratch.ts';

/** Prepare the database; what is returned takes everything away again. */
export default async function setup(): Promise<() => Promise<void>> {
  process.env['APP_ENV'] = 'test';
  process.env['SECRET_KEY'] = 'a key that only tests use, of enough bytes';
  const counting = await prepareCounting();
  const { variables, remove } = await prepare();
  Object.assign(process.env, counting.variables, variables);
  return async () => {
    counting.remove();
    await remove();
  };
}
