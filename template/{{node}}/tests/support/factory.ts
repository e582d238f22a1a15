/** What tests know of a resource. */

import type { AnyTable } from '../../src/lib/columns.ts';
import type { Row } from '../../src/lib/contract/pages.ts';

/** A key to another resource. */
export interface Relation {
  /** The name of that resource, or `user`. */
  readonly target: string;
  readonly isRequired: boolean;
}

/** All that tests need to know of one resource; members are named as code names them. */
export interface Factory {
  readonly path: string;
  readonly table: AnyTable;
  /** Makes a valid value for each field, other ones for each number. */
  readonly values: (number: number) => Row;
  readonly relations?: Readonly<Record<string, Relation>>;
  /** How many rows can be made before a unique value comes again, if less than five. */
  readonly capacity?: number;
}

/** How many rows tests of lists make, where so many can differ. */
export const ENOUGH = 5;

// Values are valid for each of these numbers; no test makes as many rows.
const MANY = 10_000;
let made = 0;

/** Returns values that no other row has. */
export function fresh({ values }: Factory): Row {
  made = (made % (MANY - 1)) + 1;
  return values(made);
}
