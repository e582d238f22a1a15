/** What clients get and send of accounts. */

import * as z from 'zod';

import * as fields from '../lib/contract/fields/index.ts';
import { input, representation } from '../lib/contract/schema.ts';

const NAME = { minLength: 1, maxLength: 120 };

/** A password in NFC, whichever way its letters were typed; its length counts after that. */
export class Password extends fields.FieldType<string> {
  readonly #text: fields.Text;

  constructor(limits: fields.TextLimits = {}) {
    super();
    this.#text = new fields.Text(limits);
  }

  /** The password in NFC. */
  accept(value: unknown): string {
    return this.#text.accept(new fields.Text().accept(value).normalize('NFC'));
  }

  /** A string that is not shown. */
  describe(): fields.JsonSchema {
    return { ...this.#text.describe(), format: 'password', writeOnly: true };
  }
}

export const NEW_PASSWORD = new Password({ minLength: 12, maxLength: 128 });

const password = () => fields.field(new Password());
const newPassword = () => fields.field(NEW_PASSWORD);

export const Account = representation(
  'Account',
  {
    id: fields.identifier(),
    email: fields.email(),
    name: fields.text(NAME).nullable(),
    roles: z.array(z.string()),
    emailVerified: fields.boolean(),
    createdAt: fields.moment(),
    updatedAt: fields.moment(),
    version: fields.integer({ minimum: 1 }),
  },
  { description: 'An account, as its owner sees it.' },
);

export const Registration = input(
  'Registration',
  {
    email: fields.email(),
    password: newPassword(),
    name: fields.text(NAME).nullable().default(null),
  },
  { description: 'What makes a new account.' },
);

export const AccountUpdate = input(
  'AccountUpdate',
  { name: fields.text(NAME).nullable().optional() },
  { description: 'What changes in an account; members that are left out stay.' },
);

export const PasswordChange = input(
  'PasswordChange',
  { currentPassword: password(), newPassword: newPassword() },
  { description: 'A new password, from somebody who knows the present one.' },
);

export const Deletion = input(
  'Deletion',
  { password: password() },
  { description: 'The password of whoever deletes an account.' },
);

export const EmailAddress = input(
  'EmailAddress',
  { email: fields.email() },
  { description: 'An address that a mail may go to.' },
);

export const EmailChange = input(
  'EmailChange',
  { email: fields.email(), password: password() },
  { description: 'A new address, from somebody who knows the password.' },
);

export const EmailVerification = input(
  'EmailVerification',
  { token: fields.text() },
  { description: 'The token of a link that verifies an address.' },
);

export const PasswordReset = input(
  'PasswordReset',
  { token: fields.text(), password: newPassword() },
  { description: 'The token of a link, and the password to have from now on.' },
);

export const Credentials = input(
  'Credentials',
  { email: fields.email(), password: password() },
  { description: 'What an account logs in with.' },
);
