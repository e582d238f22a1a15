/** What every type of field has in common. */

import * as z from 'zod';

import { type MessageKey, text } from '../messages.ts';

/** JSON Schema is any JSON. */
export type JsonSchema = Record<string, unknown>;

/** A value that will not do, in the words that the table has for it. */
export class Fault extends Error {
  override readonly name = 'Fault';

  constructor(message: MessageKey, parameters?: Readonly<Record<string, unknown>>) {
    super(text(message, parameters));
  }
}

/** One type of field. Nothing is coerced: `"1"` is no number and `1` no text. */
export abstract class FieldType<T = unknown> {
  /** The value of what stands in JSON; throws `Fault`. */
  abstract accept(value: unknown): T;

  /** The JSON Schema of what is accepted and answered. */
  abstract describe(): JsonSchema;

  /** The value of what stands in a query; throws `Fault`. */
  acceptText(written: string): T {
    return this.accept(written);
  }
}

/** A member of a schema; `nullable`, `optional`, `default` and `describe` are Zod's own. */
export type Field<T> = z.ZodType<T>;

const TYPES = z.registry<{ type: FieldType }>();

/** A member of the type `type`; whether null will do or it may lack is for the schema to say. */
export function field<T>(type: FieldType<T>): Field<T> {
  const schema = z.unknown().transform((value, context) => {
    try {
      if (value === undefined) throw new Fault('required');
      if (value === null) throw new Fault('not_null');
      return type.accept(value);
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      context.addIssue({ code: 'custom', message: error.message });
      return z.NEVER;
    }
  });
  return schema.register(TYPES, { type });
}

/** The type of a member, nullable or optional as it may be; undefined where it has none. */
export function typeOf(schema: z.core.$ZodType): FieldType | undefined {
  let inner = schema;
  while (
    inner instanceof z.ZodNullable ||
    inner instanceof z.ZodOptional ||
    inner instanceof z.ZodDefault
  ) {
    inner = inner.unwrap();
  }
  return TYPES.get(inner)?.type;
}

/** `schema` without what is not limited. */
export function withoutNothing(schema: JsonSchema): JsonSchema {
  return Object.fromEntries(Object.entries(schema).filter(([, value]) => value !== undefined));
}
