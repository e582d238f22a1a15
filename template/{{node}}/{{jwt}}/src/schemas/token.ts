/** What clients get and send of tokens. */

import * as fields from '../lib/contract/fields/index.ts';
import { input, representation } from '../lib/contract/schema.ts';

export const TokenPair = representation(
  'TokenPair',
  {
    accessToken: fields.text(),
    tokenType: fields.choice('Bearer'),
    expiresIn: fields.integer({ minimum: 1 }),
    refreshToken: fields.text(),
  },
  { description: 'A new access token, and the refresh token that makes the next one.' },
);

export const Refresh = input(
  'Refresh',
  { refreshToken: fields.text() },
  { description: 'A refresh token, to be exchanged or revoked.' },
);
