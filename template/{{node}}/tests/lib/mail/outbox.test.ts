/** The queue of mail: what is sent later, tried again, given up, or has no room. */

import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { getSettings, type Settings } from '../../../src/lib/config.ts';
import type { Message } from '../../../src/lib/mail/messages.ts';
import { Outbox } from '../../../src/lib/mail/outbox.ts';
import * as transport from '../../../src/lib/mail/transport.ts';
import { captureLog } from '../../support/log.ts';
import { type Mailbox, serveMailbox } from '../../support/mailbox.ts';

const MESSAGE: Message = { to: 'ada@example.com', subject: 'Hello', text: 'A line.\n' };
const SOON = { firstPauseSeconds: 0.01 };

vi.mock(import('../../../src/lib/mail/transport.ts'), { spy: true });

let mailbox: Mailbox;
beforeEach(async () => {
  mailbox = await serveMailbox();
});
afterEach(async () => {
  vi.restoreAllMocks();
  await mailbox.close();
});

function settings(smtpUrl: string | undefined): Settings {
  return { ...getSettings(), smtpUrl };
}

test('a busy server is asked again', async () => {
  mailbox.refusals.push('451 later', '451 later');
  const outbox = new Outbox(settings(mailbox.url), SOON);
  outbox.put(MESSAGE);
  await outbox.flush();
  expect(await mailbox.mails()).toHaveLength(1);
});

test.each([
  [['550 never'], 'a mail was refused'],
  [Array<string>(5).fill('451 no'), 'a mail was given up'],
])('what cannot be sent is logged and the next one sent: %s', async (refusals, said) => {
  const lines = captureLog();
  mailbox.refusals.push(...refusals);
  const outbox = new Outbox(settings(mailbox.url), SOON);
  outbox.put(MESSAGE);
  outbox.put({ ...MESSAGE, to: 'eve@example.com' });
  await outbox.flush();
  expect((await mailbox.mails()).map(({ to }) => to)).toEqual(['eve@example.com']);
  expect(lines).toContainEqual(expect.objectContaining({ level: 'error', event: said }));
});

test('a server that is away stops nothing', async () => {
  const lines = captureLog();
  const outbox = new Outbox(settings('smtp://127.0.0.1:1'), SOON);
  outbox.put(MESSAGE);
  outbox.put(null);
  await outbox.flush();
  expect(lines.map(({ event }) => event)).toContain('a mail was given up');
});

test('a fault of our own does not end the queue', async () => {
  const lines = captureLog();
  vi.mocked(transport.deliver).mockRejectedValueOnce(new TypeError('a fault'));
  const outbox = new Outbox(settings(mailbox.url), SOON);
  outbox.put(MESSAGE);
  outbox.put(MESSAGE);
  await outbox.flush();
  expect(await mailbox.mails()).toHaveLength(1);
  expect(lines.map(({ event }) => event)).toContain('a mail was not sent');
});

test('a full queue is 503 before anything is promised', async () => {
  const lines = captureLog();
  const over = Promise.withResolvers<void>();
  vi.mocked(transport.deliver).mockReturnValueOnce(over.promise);
  const outbox = new Outbox(settings(mailbox.url), { capacity: 1 });
  outbox.requireRoom();
  outbox.put(MESSAGE);
  expect(() => outbox.requireRoom()).toThrow(expect.objectContaining({ status: 503 }));
  outbox.put(null);
  expect(outbox.accepted).toBe(1);
  await outbox.close(0);
  const said = ['a mail was dropped: too many wait', 'mails were not sent before the end'];
  expect(lines.map(({ event }) => event)).toEqual(said);
  over.resolve();
  await outbox.flush();
});

test('a stop does not wait for the pause between two attempts', async () => {
  mailbox.refusals.push('451 later');
  const outbox = new Outbox(settings(mailbox.url), { firstPauseSeconds: 60 });
  outbox.put(MESSAGE);
  await vi.waitFor(() => expect(mailbox.refusals).toEqual([]));
  const started = performance.now();
  await outbox.close(10);
  expect(performance.now() - started).toBeLessThan(5000);
  expect(await mailbox.mails()).toHaveLength(1);
});
