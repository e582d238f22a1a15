/** Requests whose bodies are refused before anybody looks at what they say of a row. */

import type { Answer, Client } from '../support/clients.ts';

export const JSON_TYPE = { 'Content-Type': 'application/json' };

const MALFORMED = ['', '{', '{"a": 1, "a": 2}', '{"a": NaN}', '{"a": 1e999}', '"\\ud800"'];
const NOT_UTF8 = Uint8Array.of(0xff);
const MISSHAPEN = ['[]', '"text"', '1', 'null', 'true'];
const TOO_LARGE = ' '.repeat(1024 * 1024 + 1);

/** The statuses that those bodies must be answered. */
export const REFUSED = {
  tooLarge: 413,
  noJson: 415,
  noUtf8: 415,
  encoded: 415,
  malformed: [...MALFORMED, NOT_UTF8].map(() => 400),
  misshapen: MISSHAPEN.map(() => 422),
};

/** Sends what no endpoint takes, and returns what it is answered. */
export async function statusesOfRefusedBodies(
  client: Client,
  method: string,
  path: string,
): Promise<typeof REFUSED> {
  const send = async (body: string | Uint8Array<ArrayBuffer>, headers = {}): Promise<Answer> =>
    client.request(method, path, { body, headers: { ...JSON_TYPE, ...headers } });
  const each = async (bodies: readonly (string | Uint8Array<ArrayBuffer>)[]) =>
    Promise.all(bodies.map(async (body) => (await send(body)).status));
  const latin = { 'Content-Type': 'application/json; charset=latin-1' };
  return {
    tooLarge: (await send(TOO_LARGE)).status,
    noJson: (await send('{}', { 'Content-Type': 'text/plain' })).status,
    noUtf8: (await send('{}', latin)).status,
    encoded: (await send('{}', { 'Content-Encoding': 'gzip' })).status,
    malformed: await each([...MALFORMED, NOT_UTF8]),
    misshapen: await each(MISSHAPEN),
  };
}
