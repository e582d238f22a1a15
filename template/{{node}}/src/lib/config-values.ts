/** What variables of the environment may hold, and how it is told that they do not. */

import { z } from 'zod';

import { type Network, parseNetwork } from './networks.ts';

const MIN_SECRET_BYTES = 32;
const EXAMPLE_SECRETS = ['change-me', 'changeme', 'secret'];

/** A whole number between `minimum` and `maximum`. */
export function whole(minimum: number, maximum = Number.MAX_SAFE_INTEGER) {
  return z.coerce
    .number('This must be a whole number.')
    .int('This must be a whole number.')
    .min(minimum, `This must be at least ${minimum}.`)
    .max(maximum, `This must be at most ${maximum}.`);
}

/** A text that matches `pattern`; who gets it wrong is shown an `example`. */
export function text(pattern: RegExp, example: string) {
  return z.string('This is required.').regex(pattern, `This must look like ${example}.`);
}

/** One of `names`. */
export function oneOf<const T extends readonly [string, ...string[]]>(names: T) {
  return z.enum(names, `This must be one of: ${names.join(', ')}.`);
}

/** A list that is written with commas between its parts. */
export const words = z.string().transform((list) => list.split(/[\s,]+/u).filter(Boolean));

/** A secret that is long enough, and no example. */
export const secret = z
  .string('This is required.')
  .refine(
    (key) => Buffer.byteLength(key) >= MIN_SECRET_BYTES,
    `SECRET_KEY needs at least ${MIN_SECRET_BYTES} bytes`,
  )
  .refine(
    (key) => !EXAMPLE_SECRETS.some((example) => key.startsWith(example)),
    'SECRET_KEY is an example; run make install, or make your own',
  );

/** A network of IP addresses, such as `10.0.0.0/8`; an address alone is one too. */
export const network = z.string().transform((written, context): Network => {
  const found = parseNetwork(written);
  if (found === undefined) {
    context.addIssue('This must be networks such as 10.0.0.0/8, 2001:db8::/32.');
    return z.NEVER;
  }
  return found;
});
