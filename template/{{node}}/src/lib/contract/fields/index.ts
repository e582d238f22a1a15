/**
 * The types of members: what each accepts, and how it is described.
 *
 * A schema gives each member one of them: `title: fields.text({ maxLength: 200 })`.
 */

import { type Field, field } from './base.ts';
import {
  Decimal,
  type DecimalLimits,
  Double,
  Integer,
  type Limits,
  type Range,
} from './numbers.ts';
import { Choice, Flag, Identifier, Identifiers, Json } from './plain.ts';
import { Email, Text, type TextLimits, Url } from './texts.ts';
import { Day, Moment } from './times.ts';

export { Fault, type Field, field, FieldType, type JsonSchema, typeOf } from './base.ts';
export { Decimal, Double, Integer } from './numbers.ts';
export { Choice, Flag, Identifier, Identifiers, Json, parseUuid } from './plain.ts';
export { Email, Text, type TextLimits, Url } from './texts.ts';
export { Day, Moment, now } from './times.ts';

/** A string. */
export const text = (limits?: TextLimits): Field<string> => field(new Text(limits));

/** An e-mail address, kept in lower case. */
export const email = (limits?: { maxLength?: number }): Field<string> =>
  field(new Email(limits?.maxLength));

/** An http or https address. */
export const url = (limits?: { maxLength?: number }): Field<string> =>
  field(new Url(limits?.maxLength));

/** A whole number, of 32 bits unless its limits say otherwise. */
export const integer = (limits?: Limits<number>): Field<number> => field(new Integer(limits));

/** A whole number that a double holds exactly, unless its limits say otherwise. */
export const bigint = ({
  minimum = Number.MIN_SAFE_INTEGER,
  maximum = Number.MAX_SAFE_INTEGER,
  ...limits
}: Limits<number> = {}): Field<number> => integer({ minimum, maximum, ...limits });

/** A double. */
export const number = (limits?: Range<number>): Field<number> => field(new Double(limits));

/** An exact decimal, in a string; its limits are such strings, too. */
export const decimal = (limits: DecimalLimits): Field<string> => field(new Decimal(limits));

/** True or false. */
export const boolean = (): Field<boolean> => field(new Flag());

/** One of a few strings. */
export const choice = <const T extends string>(...values: T[]): Field<T> =>
  field(new Choice(values));

/** The UUID of a row. */
export const identifier = (): Field<string> => field(new Identifier());

/** The UUIDs of several rows. */
export const identifiers = (): Field<string[]> => field(new Identifiers());

/** Any JSON value. */
export const json = (): Field<unknown> => field(new Json());

/** A day of the calendar, such as `2030-01-31`. */
export const day = (): Field<string> => field(new Day());

/** A moment in time, such as `2030-01-31T12:00:00.000Z`. */
export const moment = (): Field<string> => field(new Moment());
