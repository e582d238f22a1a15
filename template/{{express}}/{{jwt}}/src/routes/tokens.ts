/** The endpoints of tokens. The body says who asks: `Authorization` is not looked at. */

import { ApiRouter } from '../http/api-router.ts';
import { jsonNames } from '../lib/contract/casing.ts';
import * as describe from '../lib/contract/describe/index.ts';
import { json, noContent } from '../lib/http/answers.ts';
import { Credentials } from '../schemas/account.ts';
import { Refresh, TokenPair } from '../schemas/token.ts';
import * as tokens from '../services/tokens.ts';

export const router = new ApiRouter('/auth/tokens', 'auth', 'The endpoints of tokens.');

const headers = ['Cache-Control'] as const;

router.post(
  '',
  'create_tokens',
  describe.endpoint(200, {
    answer: TokenPair,
    body: Credentials,
    codes: ['INVALID_CREDENTIALS', 'FORBIDDEN'],
    headers,
  }),
  'Log in with address and password.',
  async (call) => {
    call.noQuery();
    const body = await call.json();
    return json(jsonNames(await tokens.createTokens(call.database, body, call.attempts())));
  },
);

router.post(
  '/refresh',
  'refresh_tokens',
  describe.endpoint(200, {
    answer: TokenPair,
    body: Refresh,
    codes: ['INVALID_CREDENTIALS', 'TOKEN_EXPIRED', 'TOKEN_REUSED'],
    headers,
  }),
  'Exchange a refresh token, which is good once, for a new pair.',
  async (call) => {
    call.noQuery();
    const body = await call.json();
    return json(jsonNames(await tokens.refreshTokenPair(call.database, body)));
  },
);

router.post(
  '/revoke',
  'revoke_tokens',
  describe.endpoint(204, { body: Refresh, headers }),
  'Log out: end everything that came from the same log-in.',
  async (call) => {
    call.noQuery();
    const body = await call.json();
    await call.writing((session) => tokens.revokeTokens(session, body));
    return noContent();
  },
);
