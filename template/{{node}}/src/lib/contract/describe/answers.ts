/** What requests are answered, with every header. */

import { type Code, CODES, messageOf } from '../../errors.ts';
import type { JsonSchema } from '../fields/index.ts';
import { Component } from './components.ts';
import { ERROR } from './schemas.ts';

/** OpenAPI is any JSON, here with components in it. */
export type Described = Readonly<Record<string, unknown>>;

export interface Answer {
  readonly description: string;
  readonly headers: Readonly<Record<string, Component>>;
  readonly content?: Described;
}

const TEXT = { type: 'string' };
const HEADERS = {
  'X-Request-ID': [
    'The name of the request.',
    { type: 'string', pattern: '^[A-Za-z0-9._-]{1,128}$' },
  ],
  ETag: ["The row's version, to be sent as `If-Match` or `If-None-Match`.", TEXT],
  Location: ['The path of the row that was made.', { ...TEXT, format: 'uri-reference' }],
  Link: ['The path of the next page, with `rel="next"`; only where there is one.', TEXT],
  'Cache-Control': ['Nobody may store the answer.', { type: 'string', const: 'no-store' }],
  'WWW-Authenticate': ['How to authenticate.', TEXT],
  RateLimit: ['What is left of the limit: `r` requests in `t` seconds; unless off.', TEXT],
  'RateLimit-Policy': ['The limit: `q` requests in `w` seconds; unless off.', TEXT],
  'Retry-After': ['After how many seconds to try again.', { type: 'integer', minimum: 0 }],
} as const satisfies Record<string, [string, JsonSchema]>;

/** A header of answers that the document knows. */
export type Header = keyof typeof HEADERS;

const ALWAYS: readonly Header[] = ['X-Request-ID', 'RateLimit', 'RateLimit-Policy'];
/** Those that never lack where they are listed. */
const REQUIRED = new Set<Header>(['X-Request-ID', 'Location', 'WWW-Authenticate', 'Cache-Control']);
const OF_STATUS: Readonly<Record<number, readonly Header[]>> = {
  401: ['WWW-Authenticate'],
  429: ['Retry-After'],
  503: ['Retry-After'],
};

/** The description of one answer; without `schema` it has no body. */
export function answer(
  description: string,
  schema?: Component | JsonSchema,
  headers: readonly Header[] = [],
): Answer {
  const named = [...ALWAYS, ...headers].map((name) => [name, headerOf(name)] as const);
  const content = schema && { content: { 'application/json': { schema } } };
  return { description, headers: Object.fromEntries(named), ...content };
}

/** The description of one header of answers. */
export function headerOf(name: Header): Component {
  const [description, schema] = HEADERS[name];
  return new Component('headers', name, { description, required: REQUIRED.has(name), schema });
}

/** The answers with `codes`, by status. */
export function failures(codes: readonly Code[]): Record<string, Component> {
  const byStatus: Record<string, Code[]> = {};
  for (const [code, status] of Object.entries(CODES)) {
    const wanted = codes.find((each) => each === code);
    if (wanted) (byStatus[status] ??= []).push(wanted);
  }
  return Object.fromEntries(
    Object.entries(byStatus).map(([status, found]) => [status, failure(Number(status), found)]),
  );
}

function failure(status: number, codes: readonly Code[]): Component {
  const name = codes.map(inPascalCase).join('Or');
  return new Component('responses', name, { ...failureAnswer(status, codes) });
}

/** The answer with one of `codes`, all of which have `status`. */
export function failureAnswer(status: number, codes: readonly Code[]): Answer {
  const error = { type: 'object', properties: { code: { enum: codes } } };
  const schema = { allOf: [ERROR, { type: 'object', properties: { error } }] };
  const texts = codes.map((code) => `\`${code}\`: ${describedMessage(code)}`);
  return answer(texts.join(' '), schema, OF_STATUS[status]);
}

function describedMessage(code: Code): string {
  return messageOf(code, { expected: 'of a type that is taken here' });
}

function inPascalCase(code: Code): string {
  return code.replace(/([A-Z])([A-Z]*)_?/g, (_, first: string, rest: string) => {
    return first + rest.toLowerCase();
  });
}
