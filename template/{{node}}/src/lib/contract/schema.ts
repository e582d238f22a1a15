/** What the schemas of all resources have in common. */

import * as z from 'zod';

import { ApiError, type Detail, detail } from '../errors.ts';
import { jsonName } from './casing.ts';
import { type FieldType, typeOf } from './fields/index.ts';
import type { Row } from './pages.ts';

/** Members by attribute, in the order in which clients see them. */
export type Members = Readonly<Record<string, z.ZodType>>;

/** What members hold once they are parsed; optional ones may lack. */
export type Values<M extends Members> = z.output<z.ZodObject<M>>;

/** `field` may not be null while every other member named has the value given. */
export interface NotNullWhen {
  readonly field: string;
  readonly others: Readonly<Record<string, unknown>>;
}

/** A set of members with their types, under the clients' names. */
export class Schema<M extends Members = Members> {
  readonly name: string;
  readonly description: string;
  /** The attributes of its members, in order. */
  readonly attributes: readonly string[];
  /** The same for Zod, by the clients' names. */
  readonly object: z.ZodObject;
  readonly #members: M;

  constructor(name: string, members: M, description: string) {
    this.name = name;
    this.description = description;
    this.attributes = Object.keys(members);
    this.#members = members;
    const named = Object.entries(members).map(([key, member]) => [jsonName(key), member]);
    this.object = z.strictObject(Object.fromEntries(named));
  }

  /** The type of the member `attribute`; throws where there is none. */
  memberType(attribute: string): FieldType {
    const member = this.#members[attribute];
    const type = member && typeOf(member);
    if (!type) throw new TypeError(`${this.name} has no field ${attribute}`);
    return type;
  }
}

/** The body of a request. */
export class Input<M extends Members = Members> extends Schema<M> {
  /**
   * The members of `body`, by attribute.
   *
   * A member that may lack is there only if the body names it, null included; one with a default
   * always is. Throws the 422 that names each faulty member once.
   */
  parse(body: unknown): Values<M> {
    const result = this.object.safeParse(body);
    if (!result.success) {
      throw new ApiError('VALIDATION_ERROR', { details: result.error.issues.flatMap(details) });
    }
    const given = this.attributes.filter((attribute) => jsonName(attribute) in result.data);
    const values = given.map((attribute) => [attribute, result.data[jsonName(attribute)]]);
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Zod checked it by other names
    return Object.fromEntries(values) as Values<M>;
  }
}

export interface RepresentationOptions {
  /** What it stands for, in one sentence. */
  readonly description: string;
  readonly filterable?: readonly string[];
  readonly sortable?: readonly string[];
  readonly searchable?: readonly string[];
  /** The rules between members that its rows keep. */
  readonly conditions?: readonly NotNullWhen[];
}

/** A resource as it is answered; its members are listed by name, here and nowhere else. */
export class Representation<M extends Members = Members> extends Schema<M> {
  readonly filterable: readonly string[];
  readonly sortable: readonly string[];
  readonly searchable: readonly string[];
  readonly #conditions: readonly NotNullWhen[];

  constructor(name: string, members: M, options: RepresentationOptions) {
    super(name, members, options.description);
    this.filterable = options.filterable ?? [];
    this.sortable = options.sortable ?? [];
    this.searchable = options.searchable ?? [];
    this.#conditions = options.conditions ?? [];
  }

  /** Throw a 422 where the row that `values` would make breaks a rule between members. */
  checkConditions(values: Row): void {
    const broken = this.#conditions.filter((rule) => isBroken(rule, values));
    if (broken.length > 0) {
      const faults = broken.map(({ field }) => detail(jsonName(field), 'not_null_when'));
      throw new ApiError('VALIDATION_ERROR', { details: faults });
    }
  }
}

/** The body `name` with `members`: what clients may send. */
export function input<const M extends Members>(
  name: string,
  members: M,
  options: { readonly description: string },
): Input<M> {
  return new Input(name, members, options.description);
}

/** The resource `name` with `members`: what clients get. */
export function representation<const M extends Members>(
  name: string,
  members: M,
  options: RepresentationOptions,
): Representation<M> {
  return new Representation(name, members, options);
}

function isBroken({ field, others }: NotNullWhen, values: Row): boolean {
  const holds = Object.entries(others).every(([name, value]) => values[name] === value);
  return holds && (values[field] ?? null) === null;
}

function details(issue: z.core.$ZodIssue): Detail[] {
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => detail(key, 'unknown'));
  const [field] = issue.path;
  if (field === undefined) return [detail('', 'object')];
  return [{ field: String(field), message: issue.message }];
}
