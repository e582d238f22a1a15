/** Sending one mail: by SMTP, or as a file where there is no server. */

import { randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { createTransport } from 'nodemailer';
import MimeNode from 'nodemailer/lib/mime-node';

import type { Settings } from '../config.ts';
import type { Message } from './messages.ts';

export const FOLDER = path.join('var', 'mail');
const TIMEOUT_MILLISECONDS = 20_000;
const PORTS: Readonly<Record<string, number>> = { 'smtps:': 465 };
const UNTRUSTED = /CERT|SIGNATURE|ISSUER|SELF_SIGNED/; // in the codes of OpenSSL and Node

/** The mail cannot be sent, now or later. */
export class MailRefusedError extends Error {
  override readonly name = 'MailRefusedError';
}

/** The mail cannot be sent now; trying again may help. */
export class MailDelayedError extends Error {
  override readonly name = 'MailDelayedError';
}

/** A mail as it goes over the wire. */
interface Mail {
  readonly raw: string;
  readonly envelope: { readonly from: string; readonly to: string[] };
}

/**
 * Sends `message` as settings say.
 *
 * Throws `MailRefusedError` where trying again is of no use, `MailDelayedError` where it may be.
 */
export async function deliver(message: Message, settings: Settings): Promise<void> {
  const mail = compose(message, settings.mailFrom);
  await (settings.smtpUrl === undefined ? write(mail) : sendTo(settings.smtpUrl, mail));
}

function compose({ to, subject, text }: Message, sender: string): Mail {
  const mail = new MimeNode('text/plain; charset=utf-8', { newline: 'windows' });
  mail.setHeader({ From: sender, To: { name: '', address: to }, Subject: subject });
  const { from } = mail.getEnvelope();
  const address = from === false ? sender : from;
  mail.setHeader({
    Date: new Date().toUTCString().replace('GMT', '+0000'),
    'Message-ID': `<${randomUUID()}@${address.slice(address.lastIndexOf('@') + 1)}>`,
    'Auto-Submitted': 'auto-generated',
    // Links stay in one piece: no line is broken, as the package does to all that are long.
    'Content-Transfer-Encoding': '8bit',
  });
  const raw = `${mail.buildHeaders()}\r\n\r\n${text.replaceAll('\n', '\r\n')}`;
  return { raw, envelope: { from: address, to: [to] } };
}

async function write({ raw }: Mail): Promise<void> {
  await mkdir(FOLDER, { recursive: true });
  const moment = new Date().toISOString().replaceAll(/[-:]|\..*/g, '');
  const file = path.join(FOLDER, `${moment}-${randomUUID().slice(0, 8)}.eml`);
  await writeFile(file, raw, { mode: 0o600 });
}

async function sendTo(smtpUrl: string, mail: Mail): Promise<void> {
  const server = createTransport(optionsOf(new URL(smtpUrl)));
  try {
    await server.sendMail({ ...mail });
  } catch (error) {
    throw explain(error);
  } finally {
    server.close();
  }
}

/** Returns how to reach a server; passwords go over TLS only. */
function optionsOf({ protocol, hostname, port, username, password }: URL) {
  const secure = protocol === 'smtps:';
  const login = { user: decodeURIComponent(username), pass: decodeURIComponent(password) };
  return {
    host: hostname.replaceAll(/[[\]]/g, ''),
    port: Number(port) || (PORTS[protocol] ?? 587),
    secure,
    requireTLS: !secure && (protocol === 'smtp+starttls:' || username !== ''),
    ...(username === '' ? {} : { auth: login }),
    connectionTimeout: TIMEOUT_MILLISECONDS,
    greetingTimeout: TIMEOUT_MILLISECONDS,
    socketTimeout: TIMEOUT_MILLISECONDS,
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

function explain(error: unknown): unknown {
  if (!(error instanceof Error) || !('code' in error)) {
    return error;
  }
  if (error.code === 'ETLS') {
    return new MailRefusedError(`the mail server offers no STARTTLS: ${error.message}`);
  }
  const isUntrusted = 'originalCode' in error && UNTRUSTED.test(String(error.originalCode));
  const isRefused = 'responseCode' in error && Number(error.responseCode) >= 500;
  const Kind = isUntrusted || isRefused ? MailRefusedError : MailDelayedError;
  return new Kind(error.message);
}
