/** Keys for signing and hashing, derived from `SECRET_KEY`: one secret, one key a purpose. */

import { createHmac } from 'node:crypto';

import { getSettings } from './config.ts';

const derived = new Map<string, Buffer>();

function derive(secret: string, purpose: string): Buffer {
  const name = `${purpose}\0${secret}`;
  let key = derived.get(name);
  if (key === undefined) {
    // One block of HKDF-Expand (RFC 5869) with the secret as its pseudorandom key.
    key = createHmac('sha256', secret).update(`${purpose}\x01`).digest();
    derived.set(name, key);
  }
  return key;
}

/**
 * The keys of `purpose`: the one that signs, then one that still verifies.
 *
 * The second is there while `SECRET_KEY_PREVIOUS` is.
 */
export function keysFor(purpose: string): readonly [Buffer, ...Buffer[]] {
  const { secretKey, secretKeyPrevious } = getSettings();
  const previous = secretKeyPrevious ? [derive(secretKeyPrevious, purpose)] : [];
  return [derive(secretKey, purpose), ...previous];
}
