/** IP addresses and their networks. */

import { isIP } from 'node:net';

import ipaddr from 'ipaddr.js';

export type Address = ipaddr.IPv4 | ipaddr.IPv6;

/** A network: its address, and how many bits of it its members share. */
export type Network = readonly [Address, number];

const HOST_PARTS = 4; // of eight: the /64 that one host has

/** Returns the address that `text` holds, with a port or without; undefined where it is none. */
export function parseAddress(text: string): Address | undefined {
  const bare = withoutPort(text).replace(/%.*$/, '');
  return isIP(bare) ? ipaddr.process(bare) : undefined;
}

function withoutPort(text: string): string {
  if (text.startsWith('[')) return text.slice(1).replace(/\].*$/, '');
  return text.split(':').length === 2 ? text.replace(/:.*$/, '') : text;
}

/** Returns the network that `text` holds; undefined where it is none, or names a host in one. */
export function parseNetwork(text: string): Network | undefined {
  const [host = '', bits] = text.split('/');
  if (!isIP(host)) return undefined;
  const address = ipaddr.parse(host);
  const whole = address.kind() === 'ipv4' ? 32 : 128;
  const length = bits === undefined ? whole : Number(/^\d{1,3}$/.test(bits) ? bits : NaN);
  if (!(length <= whole)) return undefined;
  const kind = address instanceof ipaddr.IPv4 ? ipaddr.IPv4 : ipaddr.IPv6;
  const first = kind.networkAddressFromCIDR(`${host}/${length}`);
  return first.toString() === address.toString() ? [address, length] : undefined;
}

/** Returns whether `address` is in one of `networks`. */
export function isWithin(networks: readonly Network[], address: Address): boolean {
  return networks.some(([first, bits]) => {
    if (address instanceof ipaddr.IPv4) {
      return first instanceof ipaddr.IPv4 && address.match(first, bits);
    }
    return first instanceof ipaddr.IPv6 && address.match(first, bits);
  });
}

/** Returns what is limited together with `address`: of IPv6 the /64 that one host has. */
export function networkOf(address: string): string {
  const found = parseAddress(address);
  if (!(found instanceof ipaddr.IPv6)) return found?.toString() ?? address;
  const parts = found.parts.slice(0, HOST_PARTS).map((part) => part.toString(16));
  return `${parts.join(':')}::/64`;
}
