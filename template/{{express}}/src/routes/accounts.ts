/** The endpoints of accounts. */

import { ApiRouter } from '../http/api-router.ts';
import { jsonNames } from '../lib/contract/casing.ts';
import * as describe from '../lib/contract/describe/index.ts';
import { accepted, json, noContent } from '../lib/http/answers.ts';
import {
  Account,
  AccountUpdate,
  Deletion,
  PasswordChange,
  Registration,
} from '../schemas/account.ts';
import * as accounts from '../services/accounts.ts';
import * as passwords from '../services/passwords.ts';

export const router = new ApiRouter('/auth', 'auth', 'The endpoints of accounts.');

const headers = ['Cache-Control'] as const;

router.post(
  '/register',
  'register',
  describe.endpoint(201, {
    answer: Account,
    body: Registration,
    mayAccept: true,
    codes: ['CONFLICT'],
    headers,
  }),
  'Make an account; 202 for any address where addresses must be verified first.',
  async (call) => {
    call.noQuery();
    const body = await call.json();
    const made = await accounts.register(call.database, body);
    return made === null ? accepted() : json(jsonNames(made), 201);
  },
);

router.get(
  '/me',
  'get_me',
  describe.endpoint(200, { answer: Account, needsAccount: true, headers }),
  "Read the caller's own account.",
  async (call) => {
    const caller = await call.user();
    call.noQuery();
    const found = await call.reading((session) => accounts.getAccount(session, caller.userId));
    return json(jsonNames(found));
  },
);

router.patch(
  '/me',
  'update_me',
  describe.endpoint(200, {
    answer: Account,
    body: AccountUpdate,
    needsAccount: true,
    isPatch: true,
    headers,
  }),
  "Change the caller's own account (JSON merge patch).",
  async (call) => {
    const caller = await call.user();
    call.noQuery();
    const body = await call.patch();
    const changed = await call.writing((session) => accounts.updateAccount(session, caller, body));
    return json(jsonNames(changed));
  },
);

router.delete(
  '/me',
  'delete_me',
  describe.endpoint(204, { body: Deletion, needsAccount: true, codes: ['CONFLICT'], headers }),
  "Delete the caller's own account and what belongs to it.",
  async (call) => {
    const caller = await call.user();
    call.noQuery();
    const body = await call.json();
    await accounts.deleteAccount(call.database, caller, body, call.attempts());
    return noContent();
  },
);

router.post(
  '/password',
  'change_password',
  describe.endpoint(204, { body: PasswordChange, needsAccount: true, headers }),
  "Change the caller's password, which ends every log-in of the account.",
  async (call) => {
    const caller = await call.user();
    call.noQuery();
    const body = await call.json();
    await passwords.changePassword(call.database, caller, body, call.attempts());
    return noContent();
  },
);
