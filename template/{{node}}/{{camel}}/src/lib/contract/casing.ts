/** How members of JSON are written: in camelCase, as attributes are. */

import type { Row } from './pages.ts';

/** The clients' name of `attribute`; `line_2` is `line2`, for attributes keep such an underscore. */
export function jsonName(attribute: string): string {
  return attribute.replaceAll('_', '');
}

/** `row` under the clients' names. */
export function jsonNames(row: Row): Row {
  const named: Row = {};
  for (const attribute in row) named[jsonName(attribute)] = row[attribute];
  return named;
}
