/** Mail as a server gets it, and what happens where it cannot be sent. */

import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import tls from 'node:tls';

import type { SMTPServerOptions } from 'smtp-server';
import { afterEach, expect, onTestFinished, test, vi } from 'vitest';

import { getSettings, type Settings } from '../../../src/lib/config.ts';
import { type Message, NAME, verifyEmail } from '../../../src/lib/mail/messages.ts';
import { deliver, MailDelayedError, MailRefusedError } from '../../../src/lib/mail/transport.ts';
import { makeCertificate } from '../../support/certificate.ts';
import { type Mailbox, serveMailbox } from '../../support/mailbox.ts';

const MESSAGE: Message = {
  to: 'ada@example.com',
  subject: 'Grüße',
  text: 'A line.\n\nhttp://127.0.0.1/#verify-email=abc\n',
};
const CERTIFICATE = makeCertificate();
const TRUSTED = tls.getCACertificates();
const ANYBODY = { disabledCommands: [] };

afterEach(() => tls.setDefaultCACertificates(TRUSTED));

function settings(smtpUrl: string | undefined): Settings {
  return { ...getSettings(), smtpUrl };
}

function withPassword(url: string, name = 'ada'): string {
  return url.replace('://', `://${name}:p%40ss@`);
}

async function mailboxWith(options: SMTPServerOptions = {}): Promise<Mailbox> {
  const mailbox = await serveMailbox(options);
  onTestFinished(async () => mailbox.close());
  return mailbox;
}

/** Lets one account in. */
const onAuth: SMTPServerOptions['onAuth'] = ({ username, password }, _session, done) => {
  const isKnown = username === 'ada' && password === 'p@ss';
  done(isKnown ? null : new Error('who is that?'), isKnown ? { user: username } : undefined);
};

test('a mail arrives as it was written', async () => {
  const mailbox = await mailboxWith();
  await deliver(MESSAGE, settings(mailbox.url));
  const [mail] = await mailbox.mails();
  expect(mail).toMatchObject(MESSAGE);
  expect(mail?.headers.get('from')).toBe(getSettings().mailFrom);
  expect(mail?.headers.get('auto-submitted')).toBe('auto-generated');
  expect(mail?.headers.get('message-id')).toMatch(/^<[^@\s]+@localhost>$/);
  expect(Date.parse(mail?.headers.get('date') ?? '')).toBeGreaterThan(Date.now() - 60_000);
});

test('a link has its token in the fragment and stands in one line', async () => {
  const mailbox = await mailboxWith();
  const token = 'x'.repeat(43);
  const message = verifyEmail(MESSAGE.to, token);
  await deliver(message, settings(mailbox.url));
  const [mail] = await mailbox.mails();
  const link = `${getSettings().publicUrl}/#verify-email=${token}`;
  expect(mail?.text.split('\n')).toContain(link);
  expect(mail?.subject).toBe(`${NAME}: Verify your e-mail address`);
});

test('a sender with a name is told, and its domain names the mail', async () => {
  const mailbox = await mailboxWith();
  const mailFrom = 'Grüße <post@example.org>';
  await deliver(MESSAGE, { ...settings(mailbox.url), mailFrom });
  const [mail] = await mailbox.mails();
  expect(mail?.headers.get('from')).toMatch(/<post@example.org>$/);
  expect(mail?.headers.get('message-id')).toMatch(/@example.org>$/);
});

test('a long address cannot break a header', async () => {
  const mailbox = await mailboxWith();
  const domain = Array<string>(3).fill('b'.repeat(59)).join('.');
  const to = `${'a'.repeat(64)}@${domain}.example`;
  await deliver({ ...MESSAGE, to }, settings(mailbox.url));
  expect((await mailbox.mails())[0]?.to).toBe(to);
});

test('a subject cannot add a header', async () => {
  const mailbox = await mailboxWith();
  await deliver({ ...MESSAGE, subject: 'a\r\nBcc: eve@example.com' }, settings(mailbox.url));
  expect((await mailbox.mails())[0]?.headers.has('bcc')).toBe(false);
});

test('a password goes over STARTTLS', async () => {
  tls.setDefaultCACertificates([CERTIFICATE.cert]);
  const mailbox = await mailboxWith({ ...CERTIFICATE, ...ANYBODY, authOptional: false, onAuth });
  await deliver(MESSAGE, settings(withPassword(mailbox.url)));
  expect(await mailbox.mails()).toHaveLength(1);
  const refused = deliver(MESSAGE, settings(withPassword(mailbox.url, 'eve')));
  await expect(refused).rejects.toThrow(MailRefusedError);
  await expect(refused).rejects.toThrow('535');
});

test('TLS is spoken from the first byte', async () => {
  tls.setDefaultCACertificates([CERTIFICATE.cert]);
  const mailbox = await mailboxWith({ ...CERTIFICATE, secure: true });
  await deliver(MESSAGE, settings(mailbox.url));
  expect(await mailbox.mails()).toHaveLength(1);
});

test.each([false, true])('a server that nobody vouches for is refused: TLS %s', async (secure) => {
  const mailbox = await mailboxWith({ ...CERTIFICATE, ...ANYBODY, secure });
  await expect(deliver(MESSAGE, settings(mailbox.url))).rejects.toThrow(MailRefusedError);
});

test('a password is never sent in the clear', async () => {
  const heard = vi.fn<NonNullable<SMTPServerOptions['onAuth']>>(onAuth);
  const options = { disabledCommands: ['STARTTLS'], allowInsecureAuth: true, onAuth: heard };
  const mailbox = await mailboxWith(options);
  for (const url of [withPassword(mailbox.url), mailbox.url.replace('smtp:', 'smtp+starttls:')]) {
    const sent = deliver(MESSAGE, settings(url));
    await expect(sent).rejects.toThrow(MailRefusedError);
    await expect(sent).rejects.toThrow('STARTTLS');
  }
  expect(heard).not.toHaveBeenCalled();
  expect(await mailbox.mails()).toEqual([]);
});

test.each([
  ['550 never', MailRefusedError],
  ['451 later', MailDelayedError],
])('an answer tells whether to try again: %s', async (refusal, kind) => {
  const mailbox = await mailboxWith();
  mailbox.refusals.push(refusal);
  await expect(deliver(MESSAGE, settings(mailbox.url))).rejects.toThrow(kind);
});

test('a server that is away may come back', async () => {
  const sent = deliver(MESSAGE, settings('smtp://127.0.0.1:1'));
  await expect(sent).rejects.toThrow(MailDelayedError);
});

test('without a server mail goes to files that only their owner reads', async () => {
  const [folder, before] = [await mkdtemp(path.join(tmpdir(), 'mail-')), process.cwd()];
  process.chdir(folder);
  onTestFinished(async () => {
    process.chdir(before);
    await rm(folder, { recursive: true });
  });
  await deliver(MESSAGE, settings(undefined));
  const [name = ''] = await readdir(path.join('var', 'mail'));
  const file = path.join('var', 'mail', name);
  expect(name).toMatch(/^\d{8}T\d{6}-[0-9a-f]{8}\.eml$/);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect(await readFile(file, 'utf8')).toContain('#verify-email=abc\r\n');
});
