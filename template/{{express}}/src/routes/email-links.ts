/** The endpoints of accounts that need mail: where there is none, they are not there either. */

import { ApiRouter } from '../http/api-router.ts';
import * as describe from '../lib/contract/describe/index.ts';
import { accepted, noContent } from '../lib/http/answers.ts';
import { EmailAddress, EmailChange, EmailVerification, PasswordReset } from '../schemas/account.ts';
import * as emailAddresses from '../services/email-addresses.ts';
import * as passwords from '../services/passwords.ts';

export const router = new ApiRouter('/auth', 'auth', 'The endpoints of accounts.');

const headers = ['Cache-Control'] as const;

router.post(
  '/password/forgot',
  'forgot_password',
  describe.endpoint(202, { body: EmailAddress, headers }),
  'Ask for a link for a new password; the answer is the same for any address.',
  async (call) => {
    call.noQuery();
    const body = await call.json();
    await call.writing((session) => passwords.forgotPassword(session, body));
    return accepted();
  },
);

router.post(
  '/password/reset',
  'reset_password',
  describe.endpoint(204, { body: PasswordReset, headers }),
  'Set a new password by a link, which ends every log-in of the account.',
  async (call) => {
    call.noQuery();
    const body = await call.json();
    await passwords.resetPassword(call.database, body);
    return noContent();
  },
);

router.post(
  '/email',
  'change_email',
  describe.endpoint(202, { body: EmailChange, needsAccount: true, headers }),
  'Ask for another address, which is in force once it is verified.',
  async (call) => {
    const caller = await call.user();
    call.noQuery();
    const body = await call.json();
    await emailAddresses.changeEmail(call.database, caller, body, call.attempts());
    return accepted();
  },
);

router.post(
  '/email/verify',
  'verify_email',
  describe.endpoint(204, { body: EmailVerification, headers }),
  'Verify an address by a link.',
  async (call) => {
    call.noQuery();
    const body = await call.json();
    await call.writing((session) => emailAddresses.verifyEmail(session, body));
    return noContent();
  },
);

router.post(
  '/email/verify/resend',
  'resend_verification',
  describe.endpoint(202, { body: EmailAddress, headers }),
  'Ask for another link that verifies an address; the answer is the same for any.',
  async (call) => {
    call.noQuery();
    const body = await call.json();
    await call.writing((session) => emailAddresses.resendVerification(session, body));
    return accepted();
  },
);
