/** Links that are mailed: what they are good for, and how often. */

import { describe, expect } from 'vitest';

import { momentIn } from '../src/lib/contract/fields/times.ts';
import type { Database } from '../src/lib/db.ts';
import { getOutbox } from '../src/lib/mail/outbox.ts';
import { pruneLinks } from '../src/services/email-links.ts';
import { emailLinks } from '../src/tables/email-link.ts';
import { faulty, member } from './support/answers.ts';
import { logIn, logInHeaders } from './support/log-in.ts';
import { PASSWORD } from './support/people.ts';
import { changePassword, EMAIL, ME, post, registered } from './support/steps.ts';
import { test } from './support/test.ts';

const NEW = `another ${PASSWORD}`;
const UNKNOWN = 'unknown@example.com';

async function expireLinks(database: Database): Promise<void> {
  await database.write(async (session) => {
    await session.changed(session.db.update(emailLinks).set({ expiresAt: momentIn(-1) }));
  });
}

/** Returns the addresses of all links. */
async function links(database: Database): Promise<string[]> {
  const { email } = emailLinks;
  const rows = await database.read(async ({ db }) => db.select({ email }).from(emailLinks));
  return rows.map((row) => row.email);
}

describe('a forgotten password', () => {
  test('204 once, which ends every log-in', async ({ client, mailbox, signUp }) => {
    const person = await signUp();
    const asked = await post(client, 'password/forgot', { email: person.email });
    expect([asked.status, asked.text]).toEqual([202, '']);
    const token = await mailbox.token(person.email);
    expect((await post(client, 'password/reset', { token, password: NEW })).status).toBe(204);
    expect((await person.client.get(ME)).status).toBe(401);
    expect((await logIn(client, person.email)).status).toBe(401);
    expect((await logIn(client, person.email, NEW)).status).toBe(200);
    const again = await post(client, 'password/reset', { token, password: PASSWORD });
    expect(faulty(again)).toEqual([422, 'token']);
  });

  test('verifies the address, whose mail was read', async ({ client, database, mailbox }) => {
    const id = String(member(await registered(client), 'id'));
    await post(client, 'password/forgot', { email: EMAIL });
    const members = { token: await mailbox.token(EMAIL), password: NEW };
    await post(client, 'password/reset', members);
    const account = await client.get(ME, await logInHeaders(database, id));
    expect(member(account, 'emailVerified')).toBe(true);
  });

  test('422 for a short new one, and the link stays good', async ({ client, mailbox }) => {
    await registered(client);
    await post(client, 'password/forgot', { email: EMAIL });
    const token = await mailbox.token(EMAIL);
    const short = await post(client, 'password/reset', { token, password: 'short' });
    expect(faulty(short)).toEqual([422, 'password']);
    expect((await post(client, 'password/reset', { token, password: NEW })).status).toBe(204);
  });

  test('of racing resets one is 204', async ({ client, mailbox }) => {
    await registered(client);
    await post(client, 'password/forgot', { email: EMAIL });
    const token = await mailbox.token(EMAIL);
    const attempts = Array.from({ length: 6 }, async (_, number) =>
      post(client, 'password/reset', { token, password: `${NEW} ${number}` }),
    );
    const statuses = (await Promise.all(attempts)).map(({ status }) => status);
    expect(statuses.toSorted((a, b) => a - b)).toEqual([204, 422, 422, 422, 422, 422]);
  });
});

test('an expired link is 422', async ({ client, database, mailbox }) => {
  await registered(client);
  await post(client, 'password/forgot', { email: EMAIL });
  await expireLinks(database);
  const token = await mailbox.token(EMAIL);
  const answers = [
    await post(client, 'password/reset', { token, password: NEW }),
    await post(client, 'email/verify', { token }),
  ];
  expect(answers.map(faulty)).toEqual([
    [422, 'token'],
    [422, 'token'],
  ]);
});

test('a link is good for its own purpose only: 422', async ({ client, mailbox }) => {
  await registered(client);
  const members = { token: await mailbox.token(EMAIL), password: NEW };
  expect(faulty(await post(client, 'password/reset', members))).toEqual([422, 'token']);
});

test('a changed password ends links', async ({ client, mailbox, signUp }) => {
  const person = await signUp();
  await post(client, 'password/forgot', { email: person.email });
  const token = await mailbox.token(person.email);
  expect((await changePassword(person.client, PASSWORD, NEW)).status).toBe(204);
  const members = { token, password: PASSWORD };
  expect((await post(client, 'password/reset', members)).status).toBe(422);
});

test.for(['password/forgot', 'email/verify/resend'])(
  'an unknown address costs what a known one does: %s',
  async (path, { client, database, mailbox }) => {
    await registered(client);
    await mailbox.clear();
    const work: number[][] = [];
    const sent: number[] = [];
    for (const email of [EMAIL, UNKNOWN]) {
      const [before, queued] = [await links(database), getOutbox().accepted];
      const { status } = await post(client, path, { email });
      const after = await links(database);
      work.push([status, after.length - before.length, getOutbox().accepted - queued]);
      sent.push((await mailbox.mails()).length);
    }
    // The same answer, a row and a place in the queue; only the mail is not there.
    expect(work).toEqual([
      [202, 1, 1],
      [202, 1, 1],
    ]);
    expect(sent).toEqual([1, 1]);
  },
);

test('expired links are pruned', async ({ client, database }) => {
  await registered(client);
  await post(client, 'password/forgot', { email: UNKNOWN });
  expect(await database.write(pruneLinks)).toBe(0);
  await expireLinks(database);
  expect(await database.write(pruneLinks)).toBe(2);
});

test('no address is kept that no account has', async ({ client, database }) => {
  await post(client, 'password/forgot', { email: UNKNOWN });
  expect(await links(database)).toEqual(['']);
});
