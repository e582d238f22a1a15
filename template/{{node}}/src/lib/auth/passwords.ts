/** Hashing passwords with argon2id. It takes a while on purpose: never inside a unit of work. */

import { hash, parseOptions, verify } from '@node-rs/argon2';

// OWASP's choice for argon2id, which is the algorithm that the package takes by itself.
const COST = { memoryCost: 19 * 1024, timeCost: 2, parallelism: 1 } as const;

// A hash that no password has: an unknown account costs the same work as a known one.
export const NOBODYS_HASH = `$argon2id$v=19$m=${COST.memoryCost},t=${COST.timeCost},p=1$${'A'.repeat(22)}$${'A'.repeat(43)}`;

const CURRENT = JSON.stringify(parseOptions(NOBODYS_HASH));

/** Returns the hash of `password`, with its salt and its parameters. */
export async function hashPassword(password: string): Promise<string> {
  return hash(password, COST);
}

/** Tells whether `password` has that hash; never, after the same work, without one. */
export async function verifyPassword(
  passwordHash: string | null,
  password: string,
): Promise<boolean> {
  const matches = await verify(passwordHash ?? NOBODYS_HASH, password);
  return matches && passwordHash !== null;
}

/** Tells whether `passwordHash` was made with other parameters than new ones are. */
export function isOutdated(passwordHash: string): boolean {
  return JSON.stringify(parseOptions(passwordHash)) !== CURRENT;
}
