/** Migrates the database of the environment: `up`, `down` by one, or `reset` to nothing. */

import { getSettings } from '../src/lib/config.ts';
import { applied, dbmate } from './dbmate.ts';

const ACTIONS: Readonly<Record<string, (url: string) => void>> = {
  up: (url) => dbmate(url, 'migrate'),
  down: (url) => dbmate(url, 'rollback'),
  reset: (url) => {
    for (let left = applied(url); left > 0; left -= 1) dbmate(url, 'rollback');
  },
};

const act = ACTIONS[process.argv[2] ?? ''];
if (act) {
  act(getSettings().databaseUrl);
} else {
  console.error(`Say what to do: node tools/migrate.ts ${Object.keys(ACTIONS).join(' | ')}`);
  process.exitCode = 1;
}
