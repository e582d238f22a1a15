/** Which client a request comes from, where proxies stand in between. */

import { isWithin, type Network, parseAddress } from '../networks.ts';

/** The address of a client that has none, as at a Unix socket. */
export const UNKNOWN = 'unknown';

/**
 * Returns the peer's address, or where that is one of `trusted` what it says of the client.
 *
 * That is the rightmost entry of `X-Forwarded-For` that is not trusted itself: whatever is left of
 * it, the client may have written. Nothing is believed beyond an entry that is no address.
 */
export function clientAddress(
  peer: string | undefined,
  forwarded: string,
  trusted: readonly Network[],
): string {
  let found = peer === undefined ? undefined : parseAddress(peer);
  if (found === undefined || !isWithin(trusted, found)) return found?.toString() ?? UNKNOWN;
  const entries = forwarded.split(',').map((entry) => entry.trim());
  for (const entry of entries.filter(Boolean).toReversed()) {
    const address = parseAddress(entry);
    if (address === undefined) break;
    found = address;
    if (!isWithin(trusted, address)) break;
  }
  return found.toString();
}
