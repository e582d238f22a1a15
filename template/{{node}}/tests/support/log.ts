/** What the service logs, as tests read it. */

import { logTo } from '../../src/lib/logs.ts';

/** One line of the log, parsed. */
export type Line = Readonly<Record<string, unknown>>;

/** Return a list that every line is added to from now on. */
export function captureLog(): Line[] {
  const lines: Line[] = [];
  logTo({
    write: (text) => {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the log is JSON
      lines.push(JSON.parse(text) as Line);
    },
  });
  return lines;
}
