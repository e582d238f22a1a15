/** Tokens for tests: pairs from log-ins, and tokens that nobody should take. */

import { createHmac } from 'node:crypto';

import { PURPOSE } from '../../src/lib/auth/access-tokens.ts';
import { keysFor } from '../../src/lib/keys.ts';
import { member } from './answers.ts';
import type { Answer, Client } from './clients.ts';
import { logIn } from './log-in.ts';
import { EMAIL, ME, post } from './steps.ts';

/** An access token, and the refresh token that came with it. */
export type Pair = readonly [string, string];

/** Returns the headers that carry an access token. */
export function bearer(token: string): Record<string, string> {
  return { Authorization: `Bearer ${token}` };
}

/** Logs in. */
export async function pair(client: Client, email = EMAIL): Promise<Pair> {
  return tokensOf(await logIn(client, email));
}

/** Returns the two tokens of an answer. */
export function tokensOf(answer: Answer): Pair {
  if (answer.status !== 200) {
    throw new Error(answer.text);
  }
  return [String(member(answer, 'accessToken')), String(member(answer, 'refreshToken'))];
}

/** Exchanges a refresh token. */
export async function refresh(client: Client, refreshToken: string): Promise<Answer> {
  return post(client, 'tokens/refresh', { refreshToken });
}

/** Asks whose access token this is. */
export async function me(client: Client, accessToken: string): Promise<Answer> {
  return client.get(ME, bearer(accessToken));
}

type Part = Record<string, unknown>;

/** Returns what the header and the claims of a token say. */
export function partsOf(token: string): [Part, Part] {
  const [header = {}, claims = {}] = token.split('.', 2).map((part) => {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- both are objects
    return JSON.parse(Buffer.from(part, 'base64url').toString()) as Part;
  });
  return [header, claims];
}

/** Returns JSON as tokens hold it. */
export function encoded(part: Part): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url');
}

/** What a token has otherwise; undefined takes something away. */
export interface Changes {
  readonly header?: Part;
  readonly claims?: Part;
  readonly key?: Buffer;
}

/** Returns the token with other claims or another header, signed again. */
export function resigned(token: string, { header, claims, key }: Changes): string {
  const [oldHeader, oldClaims] = partsOf(token);
  const said = { ...oldHeader, ...header };
  const signed = `${encoded(said)}.${encoded({ ...oldClaims, ...claims })}`;
  const hash = createHmac(
    said['alg'] === 'HS512' ? 'sha512' : 'sha256',
    key ?? keysFor(PURPOSE)[0],
  );
  return `${signed}.${hash.update(signed).digest('base64url')}`;
}
