/** What variables of the environment may hold, and how it is told that they do not. */

import { z } from 'zod';

import { type Network, parseNetwork } from './networks.ts';

const MIN_SECRET_BYTES = 32;
const EXAMPLE_SECRETS = ['change-me', 'changeme', 'secret'];

/** A whole number between `minimum` and `maximum`. */
export function whole(minimum: number, maximum = Number.MAX_SAFE_INTEGER) {
  return z.coerce
    .number('must be a whole number')
    .int('must be a whole number')
    .min(minimum, `must be at least ${minimum}`)
    .max(maximum, `must be at most ${maximum}`);
}

/** A text that matches `pattern`; who gets it wrong is shown an `example`. */
export function text(pattern: RegExp, example: string) {
  return z.string('is required').regex(pattern, `must look like ${example}`);
}

/** One of `names`. */
export function oneOf<const T extends readonly [string, ...string[]]>(names: T) {
  return z.enum(names, `must be one of ${names.join(', ')}`);
}

/** A list that is written with commas between its parts. */
export const words = z.string().transform((list) => list.split(/[\s,]+/u).filter(Boolean));

/** A secret that is long enough, and no example. */
export const secret = z
  .string('is required')
  .refine(
    (key) => Buffer.byteLength(key) >= MIN_SECRET_BYTES,
    `needs at least ${MIN_SECRET_BYTES} bytes`,
  )
  .refine(
    (key) => !EXAMPLE_SECRETS.some((example) => key.startsWith(example)),
    'is an example; run make install, or make your own',
  );

/** A network of IP addresses, such as `10.0.0.0/8`; an address alone is one too. */
export const network = z.string().transform((written, context): Network => {
  const found = parseNetwork(written);
  if (found === undefined) {
    context.addIssue('must be networks such as 10.0.0.0/8');
    return z.NEVER;
  }
  return found;
});
