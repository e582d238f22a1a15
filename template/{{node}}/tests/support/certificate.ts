/** A certificate of 127.0.0.1 that signs itself, as nothing but a test would trust. */

import { generateKeyPairSync, sign } from 'node:crypto';

/** A key and its certificate, both as PEM. */
export interface Certificate {
  readonly key: string;
  readonly cert: string;
}

const DAY_MILLISECONDS = 24 * 3600 * 1000;
const [INTEGER, BITS, OCTETS, OID, UTC_TIME, SEQUENCE] = [0x02, 0x03, 0x04, 0x06, 0x17, 0x30];
const BOOLEAN_TRUE = Buffer.from([0x01, 0x01, 0xff]);
const ECDSA_WITH_SHA256 = der(SEQUENCE, der(OID, Buffer.from('2a8648ce3d040302', 'hex')));
const SUBJECT_ALT_NAME = der(OID, Buffer.from('551d11', 'hex'));

/** Returns a new key and its certificate, good from yesterday to tomorrow. */
export function makeCertificate(): Certificate {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const nobody = der(SEQUENCE);
  const address = der(SEQUENCE, der(0x87, Buffer.from([127, 0, 0, 1])));
  const names = der(SEQUENCE, SUBJECT_ALT_NAME, BOOLEAN_TRUE, der(OCTETS, address));
  const content = der(
    SEQUENCE,
    der(0xa0, der(INTEGER, Buffer.from([2]))), // version 3
    der(INTEGER, Buffer.from([1])),
    ECDSA_WITH_SHA256,
    nobody,
    der(SEQUENCE, utcTime(-DAY_MILLISECONDS), utcTime(DAY_MILLISECONDS)),
    nobody,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, der(SEQUENCE, names)),
  );
  const signature = der(BITS, Buffer.from([0]), sign('sha256', content, privateKey));
  const text = der(SEQUENCE, content, ECDSA_WITH_SHA256, signature).toString('base64');
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${text.replaceAll(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`,
  };
}

/** Returns one value as the Distinguished Encoding Rules of ASN.1 write it. */
function der(tag: number, ...parts: Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const size = length < 0x80 ? [length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

function utcTime(fromNow: number): Buffer {
  const moment = new Date(Date.now() + fromNow).toISOString();
  return der(UTC_TIME, Buffer.from(`${moment.replaceAll(/[-:T]|\..*/g, '').slice(2)}Z`));
}
