/** What tests know of a resource: values for its fields, and what must be answered for them. */

import type { AnyTable } from '../../src/lib/columns.ts';
import { jsonName, jsonNames } from '../../src/lib/contract/casing.ts';
import { type MessageKey, text } from '../../src/lib/contract/messages.ts';
import type { Row } from '../../src/lib/contract/pages.ts';
import { columnsOf, type Links } from '../../src/lib/contract/tables.ts';

/** A key to another resource. */
export interface Relation {
  /** The name of that resource, or `user`. */
  readonly target: string;
  readonly isRequired: boolean;
  /** What becomes of the row when the other one is deleted. */
  readonly onDelete: 'cascade' | 'restrict' | 'set_null';
}

/** A value that a field takes, and how it is answered. */
export type Accepted = readonly [attribute: string, given: unknown, answered: unknown];

/** A value that a field does not take, and the message that says why. */
export type Refused = readonly [
  attribute: string,
  given: unknown,
  message: MessageKey,
  parameters?: Readonly<Record<string, string>>,
];

/** All that tests need to know of one resource; members are named as code names them. */
export interface Factory {
  readonly path: string;
  readonly table: AnyTable;
  /** Makes a valid value for each field, other ones for each number. */
  readonly values: (number: number) => Row;
  /** What a representation lists, in order. */
  readonly members: readonly string[];
  readonly serverMade: readonly string[];
  /** Null wherever it may be, and what must hold then. */
  readonly nothing: Row;
  /** What a create answers for the fields that it leaves out. */
  readonly defaults: Row;
  readonly required: readonly string[];
  readonly filters: readonly string[];
  readonly comparable: readonly string[];
  /** The fields that hold decimals, which are texts. */
  readonly decimals: readonly string[];
  readonly sorts: readonly string[];
  readonly searched: readonly string[];
  readonly uniques: readonly (readonly string[])[];
  /** The texts among the sorts that may hold any letters. */
  readonly orderedTexts: readonly string[];
  readonly relations: Readonly<Record<string, Relation>>;
  readonly links: Links;
  /** The resource that each many-to-many relation leads to. */
  readonly linked: Readonly<Record<string, string>>;
  readonly accepted: readonly Accepted[];
  readonly refused: readonly Refused[];
  /** Members that do not go together, and the one to blame. */
  readonly brokenRules: readonly (readonly [together: Row, blamed: string])[];
  /** How many rows can be made before a unique value comes again, at most five. */
  readonly capacity: number;
}

const NOTHING = {
  nothing: {},
  defaults: {},
  required: [],
  filters: [],
  comparable: [],
  decimals: [],
  sorts: [],
  searched: [],
  uniques: [],
  orderedTexts: [],
  relations: {},
  links: {},
  linked: {},
  accepted: [],
  refused: [],
  brokenRules: [],
  capacity: 5,
} satisfies Partial<Factory>;

/** Returns the factory of which this is known; what is left out is empty. */
export function factory(known: Omit<Factory, keyof typeof NOTHING> & Partial<Factory>): Factory {
  return { ...NOTHING, ...known };
}

// Values are valid for each of these numbers; no test makes as many rows.
const MANY = 10_000;
let made = 0;

/** Returns values that no other row has. */
export function fresh({ values }: Factory): Row {
  made = (made % (MANY - 1)) + 1;
  return values(made);
}

/** Returns the members of a body, with values that no other row has. */
export function freshBody(factory: Factory): Row {
  return jsonNames(without(fresh(factory), factory.serverMade));
}

/** Returns `values` but for what `names` name. */
export function without(values: Row, names: readonly string[]): Row {
  return Object.fromEntries(Object.entries(values).filter(([name]) => !names.includes(name)));
}

/** Returns what of `values` is under `names`, in their order. */
export function only(values: Row, names: readonly string[]): Row {
  return Object.fromEntries(names.map((name) => [name, values[name]]));
}

/** Returns the representation that a row must have. */
export function shown(factory: Factory, row: Row): Row {
  return jsonNames(only(row, factory.members));
}

/** Whether rows belong to who makes them. */
export function isOwned({ table }: Factory): boolean {
  return 'ownerId' in columnsOf(table);
}

/** Returns what the answer says of a value that is refused. */
export function faultOf([attribute, , message, parameters]: Refused): Record<string, string> {
  return { [jsonName(attribute)]: text(message, parameters) };
}

/** Returns the same fault for each of `attributes`. */
export function faultOfEach(
  attributes: readonly string[],
  message: MessageKey,
): Record<string, string> {
  return Object.fromEntries(attributes.map((name) => [jsonName(name), text(message)]));
}
