/** A mail server of the tests' own, on this machine. */

import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

import { getOutbox } from '../../src/lib/mail/outbox.ts';

/** A mail as it arrived: its headers by their names in lower case, and its text. */
export interface Mail {
  readonly headers: ReadonlyMap<string, string>;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/** What arrived; `refusals` are what the next mails are answered instead, such as `451 later`. */
export class Mailbox {
  readonly refusals: string[] = [];
  readonly #server: SMTPServer;
  readonly #mails: Mail[] = [];
  readonly #scheme: string;

  constructor(options: SMTPServerOptions) {
    this.#scheme = options.secure === true ? 'smtps' : 'smtp';
    this.#server = new SMTPServer({
      authOptional: true,
      ...options,
      onData: (stream, _session, done) => {
        text(stream).then((raw) => this.#take(raw, done), done);
      },
    });
    this.#server.on('error', () => undefined); // clients that break off
  }

  #take(raw: string, done: (error?: Error | null) => void): void {
    const refusal = this.refusals.shift();
    if (refusal === undefined) {
      this.#mails.push(parse(raw));
      done();
    } else {
      done(
        Object.assign(new Error(refusal.slice(4)), { responseCode: Number.parseInt(refusal, 10) }),
      );
    }
  }

  /** Begins to listen. */
  async listen(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#server.listen(0, '127.0.0.1', resolve);
    });
  }

  /** Where it listens, as `SMTP_URL` says it. */
  get url(): string {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it listens on a port
    const { port } = this.#server.server.address() as AddressInfo;
    return `${this.#scheme}://127.0.0.1:${port}`;
  }

  /** Forgets all mails, also those that are on their way. */
  async clear(): Promise<void> {
    await getOutbox().flush();
    this.#mails.length = 0;
  }

  /** Returns the mails, when all are there that were sent. */
  async mails(): Promise<Mail[]> {
    await getOutbox().flush();
    return [...this.#mails];
  }

  /** Returns to whom which subjects went, without the name of the service. */
  async subjects(): Promise<[string, string][]> {
    const mails = await this.mails();
    return mails.map(({ to, subject }) => [to, subject.replace(/^.*?: /, '')]);
  }

  /** Returns the token in the last mail to an address. */
  async token(to: string): Promise<string> {
    const mail = (await this.mails()).findLast((each) => each.to === to);
    const [, token] = /#[a-z-]+=(\S+)/.exec(mail?.text ?? '') ?? [];
    if (token === undefined) {
      throw new Error(`no mail to ${to} has a token`);
    }
    return token;
  }

  /** Ends it. */
  async close(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#server.close(resolve);
    });
  }
}

/** Returns a mailbox that listens; with `secure` by TLS from the first byte on. */
export async function serveMailbox(options: SMTPServerOptions = {}): Promise<Mailbox> {
  const mailbox = new Mailbox({ disabledCommands: ['STARTTLS', 'AUTH'], ...options });
  await mailbox.listen();
  return mailbox;
}

function parse(raw: string): Mail {
  const [head = '', ...body] = raw.split('\r\n\r\n');
  const lines = head.replaceAll(/\r\n[ \t]+/g, ' ').split('\r\n');
  const pairs = lines.map((line) => /^([^:]+): *(.*)$/.exec(line) ?? []);
  const headers = new Map(pairs.map(([, name = '', value = '']) => [name.toLowerCase(), value]));
  return {
    headers,
    to: headers.get('to') ?? '',
    subject: (headers.get('subject') ?? '').replaceAll(/=\?utf-8\?q\?(.*?)\?=/gi, decodeWord),
    text: body.join('\r\n\r\n').replaceAll('\r\n', '\n'),
  };
}

function decodeWord(_word: string, encoded: string): string {
  return decodeURIComponent(encoded.replaceAll('_', ' ').replaceAll('=', '%'));
}
