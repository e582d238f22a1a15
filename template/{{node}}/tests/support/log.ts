/** What the service logs, as tests read it. */

import { logTo } from '../../src/lib/logs.ts';

/** One line of the log, parsed. */
export type Line = Readonly<Record<string, unknown>>;

/** Return what a line says. */
export function parseLine(text: string): Line {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the log is JSON
  return JSON.parse(text) as Line;
}

/** Return a list that every line is added to from now on. */
export function captureLog(): Line[] {
  const lines: Line[] = [];
  logTo({ write: (text) => void lines.push(parseLine(text)) });
  return lines;
}
