/** JSON Schemas of what clients send and get. */

import * as z from 'zod';

import { CODES } from '../../errors.ts';
import { jsonName } from '../casing.ts';
import { type JsonSchema, typeOf } from '../fields/index.ts';
import { MAX_LIMIT } from '../listing.ts';
import type { Representation, Schema } from '../schema.ts';
import { Component } from './components.ts';

const DETAIL = closed({
  field: {
    type: 'string',
    description: 'The member or parameter at fault; empty for the body as a whole.',
  },
  message: { type: 'string', description: 'What is wrong with it, for people.' },
});

/** The schema of every failure. */
export const ERROR = new Component('schemas', 'Error', {
  ...closed({
    error: closed({
      code: {
        type: 'string',
        enum: Object.keys(CODES),
        description: 'What programs may branch on.',
      },
      message: { type: 'string', description: 'The same for people.' },
      details: { type: 'array', items: DETAIL },
    }),
  }),
  description: 'What every answer with a status of 400 or above holds.',
});

/** The schema of `schema`: what is answered, or what is taken. */
export function schemaOf(schema: Schema): Component {
  const { $schema: _, ...content } = z.toJSONSchema(schema.object, {
    io: 'input',
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => describeMember(zodSchema, jsonSchema),
  });
  return new Component('schemas', schema.name, { ...content, description: schema.description });
}

/** Add to `described` what the type of the member `member` says of itself. */
function describeMember(member: z.core.$ZodTypes, described: JsonSchema): void {
  if (member instanceof z.ZodDefault && !(member.def.defaultValue instanceof Object)) {
    described['default'] = member.def.defaultValue;
  }
  if (!(member instanceof z.ZodPipe)) return;
  const { description, ...rest } = typeOf(member)?.describe() ?? {};
  const texts = [described['description'], description].filter(Boolean);
  Object.assign(described, rest, texts.length > 0 && { description: texts.join(' ') });
}

/** The schema of one row that was asked for: whole, or what `fields` named of it. */
export function readable(representation: Representation): JsonSchema {
  const whole = schemaOf(representation);
  const { required: _, ...members } = whole.content;
  const description = `The members of ${whole.name} that \`fields\` named, and no others.`;
  const sparse = { ...members, description, minProperties: 1 };
  return { anyOf: [whole, new Component('schemas', `${whole.name}Sparse`, sparse)] };
}

/** The schema of one page of rows. */
export function pageOf(representation: Representation): Component {
  const page = closed({
    [jsonName('limit')]: { type: 'integer', minimum: 1, maximum: MAX_LIMIT },
    [jsonName('hasMore')]: { type: 'boolean' },
    [jsonName('nextCursor')]: {
      anyOf: [{ type: 'string' }, { type: 'null' }],
      description: 'The `cursor` of the next page; null on the last one.',
    },
  });
  const total = { type: 'integer', minimum: 0, description: 'Rows of all pages, with `count`.' };
  const properties = { ...page.properties, [jsonName('total')]: total };
  const rows = { type: 'array', items: readable(representation), maxItems: MAX_LIMIT };
  const members = { data: rows, page: { ...page, properties } };
  return new Component('schemas', `${representation.name}Page`, closed(members));
}

/** The schema of an object that has `properties`, and nothing else. */
function closed(properties: JsonSchema) {
  const required = Object.keys(properties);
  return { type: 'object', properties, required, additionalProperties: false };
}
