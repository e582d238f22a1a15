import { expect, test } from 'vitest';

import { clientAddress } from '../../src/lib/http/client-address.ts';
import { networkOf, parseNetwork } from '../../src/lib/networks.ts';

const TRUSTED = ['10.0.0.0/8', 'fd00::/8'].map(parseNetwork).filter((found) => found !== undefined);

test.each([
  ['192.0.2.1', '203.0.113.9', '192.0.2.1'],
  ['10.0.0.1', '203.0.113.9', '203.0.113.9'],
  ['10.0.0.1', '198.51.100.7, 203.0.113.9', '203.0.113.9'],
  ['10.0.0.1', '198.51.100.7, 203.0.113.9, 10.9.9.9', '203.0.113.9'],
  ['10.0.0.1', '198.51.100.7, rubbish, 10.0.0.2', '10.0.0.2'],
  ['10.0.0.1', '10.0.0.3, 10.0.0.2', '10.0.0.3'],
  ['10.0.0.1', '', '10.0.0.1'],
  ['10.0.0.1', '203.0.113.9:4711', '203.0.113.9'],
  ['fd00::1', '[2001:db8::1]:4711', '2001:db8::1'],
  ['::ffff:10.0.0.1', '203.0.113.9', '203.0.113.9'],
  [undefined, '203.0.113.9', 'unknown'],
])('only trusted proxies are believed: %s, %s', (peer, forwarded, expected) => {
  expect(clientAddress(peer, forwarded, TRUSTED)).toBe(expected);
});

test('nobody is believed unless named', () => {
  expect(clientAddress('10.0.0.1', '203.0.113.9', [])).toBe('10.0.0.1');
});

test.each([
  ['203.0.113.9', '203.0.113.9'],
  ['::ffff:203.0.113.9', '203.0.113.9'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['unknown', 'unknown'],
])('a host is limited with its whole network: %s', (address, network) => {
  expect(networkOf(address)).toBe(network);
});
