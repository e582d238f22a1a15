/** How members of JSON are written: in snake_case, whatever attributes are. */

import type { Row } from './pages.ts';

const known = new Map<string, string>();

/** The clients' name of `attribute`: `dueOn` is `due_on`. */
export function jsonName(attribute: string): string {
  let name = known.get(attribute);
  if (name === undefined) {
    name = attribute.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    known.set(attribute, name);
  }
  return name;
}

/** `row` under the clients' names. */
export function jsonNames(row: Row): Row {
  const named: Row = {};
  for (const attribute in row) named[jsonName(attribute)] = row[attribute];
  return named;
}
