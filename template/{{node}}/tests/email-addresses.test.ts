/** Addresses of accounts: verified by a link, and changed. */

import { beforeEach, describe, expect, vi } from 'vitest';

import * as hashing from '../src/lib/auth/passwords.ts';
import { body, faulty, member, refusal } from './support/answers.ts';
import { logIn } from './support/log-in.ts';
import { PASSWORD } from './support/people.ts';
import { changeSettings } from './support/settings.ts';
import { EMAIL, ME, post, registered } from './support/steps.ts';
import { test } from './support/test.ts';

vi.mock(import('../src/lib/config.ts'), { spy: true });
vi.mock(import('../src/lib/auth/passwords.ts'), { spy: true });

const OTHER = 'other@example.com';

describe('where addresses must be verified', () => {
  beforeEach(() => changeSettings({ mustVerifyEmail: true }));

  test('register is 202, a mail and the same work for any address', async ({ client, mailbox }) => {
    const hashed = vi.mocked(hashing.hashPassword).mockClear();
    for (const times of [1, 2]) {
      const answer = await registered(client);
      expect([answer.status, answer.text]).toEqual([202, '']);
      expect(hashed).toHaveBeenCalledTimes(times);
    }
    expect(await mailbox.subjects()).toEqual([
      [EMAIL, 'Verify your e-mail address'],
      [EMAIL, 'You have an account already'],
    ]);
  });

  test('an account is 403 until the link is followed', async ({ client, mailbox }) => {
    await registered(client);
    expect(refusal(await logIn(client))).toEqual([403, 'FORBIDDEN']);
    expect((await logIn(client, EMAIL, 'wrong')).status).toBe(401);
    const token = await mailbox.token(EMAIL);
    expect((await post(client, 'email/verify', { token })).status).toBe(204);
    expect((await logIn(client)).status).toBe(200);
    expect(faulty(await post(client, 'email/verify', { token }))).toEqual([422, 'token']);
  });

  test('register is 422 for a faulty body, and nothing is mailed', async ({ client, mailbox }) => {
    expect((await post(client, 'register', { email: EMAIL })).status).toBe(422);
    expect(await mailbox.mails()).toEqual([]);
  });
});

test('without mail nobody is asked to verify', async ({ client, mailbox }) => {
  changeSettings({ sendsMail: false });
  expect((await registered(client)).status).toBe(201);
  expect(await mailbox.mails()).toEqual([]);
});

test('a verified account gets no other link', async ({ client, mailbox }) => {
  await registered(client);
  await post(client, 'email/verify', { token: await mailbox.token(EMAIL) });
  await mailbox.clear();
  expect((await post(client, 'email/verify/resend', { email: EMAIL })).status).toBe(202);
  expect(await mailbox.mails()).toEqual([]);
});

test('an account that is not verified gets another link', async ({ client, mailbox }) => {
  await registered(client);
  await mailbox.clear();
  expect((await post(client, 'email/verify/resend', { email: EMAIL })).status).toBe(202);
  const token = await mailbox.token(EMAIL);
  expect((await post(client, 'email/verify', { token })).status).toBe(204);
});

describe('a change of address', () => {
  test('is in force once the new one is verified', async ({ client, mailbox, signUp }) => {
    const person = await signUp();
    const asked = await post(person.client, 'email', { email: OTHER, password: PASSWORD });
    expect([asked.status, asked.text]).toEqual([202, '']);
    expect(member(await person.client.get(ME), 'email')).toBe(person.email);
    const token = await mailbox.token(OTHER);
    expect((await post(client, 'email/verify', { token })).status).toBe(204);
    const account = await person.client.get(ME);
    expect([member(account, 'email'), member(account, 'emailVerified')]).toEqual([OTHER, true]);
    expect(member(account, 'version')).toBe(2);
    expect((await mailbox.subjects())[1]).toEqual([
      person.email,
      'Your e-mail address was changed',
    ]);
  });

  test('ends the links that the old address got', async ({ client, mailbox, signUp }) => {
    const person = await signUp();
    await post(client, 'password/forgot', { email: person.email });
    const old = await mailbox.token(person.email);
    await post(person.client, 'email', { email: OTHER, password: PASSWORD });
    await post(client, 'email/verify', { token: await mailbox.token(OTHER) });
    const members = { token: old, password: `another ${PASSWORD}` };
    expect(faulty(await post(client, 'password/reset', members))).toEqual([422, 'token']);
  });

  test('422 for a wrong password', async ({ signUp }) => {
    const { client } = await signUp();
    const answer = await post(client, 'email', { email: OTHER, password: 'wrong' });
    expect(faulty(answer)).toEqual([422, 'password']);
  });

  test('202 for a taken one, whose owner is told', async ({ mailbox, signUp }) => {
    const [person, other] = [await signUp(), await signUp()];
    const members = { email: other.email, password: PASSWORD };
    expect((await post(person.client, 'email', members)).status).toBe(202);
    expect(await mailbox.subjects()).toEqual([[other.email, 'You have an account already']]);
  });

  test('422 where somebody took it meanwhile', async ({ client, mailbox, signUp }) => {
    const person = await signUp();
    await post(person.client, 'email', { email: OTHER, password: PASSWORD });
    const token = await mailbox.token(OTHER);
    await registered(client, OTHER);
    expect(faulty(await post(client, 'email/verify', { token }))).toEqual([422, 'token']);
    expect(body(await person.client.get(ME))['email']).toBe(person.email);
  });
});
