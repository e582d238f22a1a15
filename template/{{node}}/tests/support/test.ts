/**
 * What tests find: `test('…', async ({ client, signUp, mailbox }) => {…})`.
 *
 * Each file of tests has a service and a mail server of its own; its database is empty after each
 * test.
 */

import { test as base } from 'vitest';

import { Client } from './clients.ts';
import { empty } from './emptying.ts';
import { captureLog } from './log.ts';
import { serveMailbox } from './mailbox.ts';
import { signUpWith } from './people.ts';
import { serving } from './serving.ts';
import { Stage } from './stage.ts';

/** Vitest's `test`, for what calls the service. */
export const test = base
  // oxlint-disable-next-line no-empty-pattern -- Vitest reads from it what a fixture needs
  .extend('mailServer', { scope: 'file' }, async ({}, { onCleanup }) => {
    const mailbox = await serveMailbox();
    onCleanup(async () => mailbox.close());
    return mailbox;
  })
  .extend('serving', { scope: 'file' }, async ({ mailServer }, { onCleanup }) => {
    process.env['SMTP_URL'] = mailServer.url; // before anything reads the settings
    const service = await serving();
    onCleanup(async () => service[Symbol.asyncDispose]());
    return service;
  })
  .extend('log', { auto: true }, captureLog)
  .extend('database', { auto: true }, async ({ serving: { service } }, { onCleanup }) => {
    onCleanup(async () => empty(service.database));
    return service.database;
  })
  .extend('client', async ({ serving: { url } }) => new Client(url))
  .extend('signUp', async ({ serving: { url }, database }) => signUpWith(database, url))
  .extend('stage', async ({ database, client, signUp }) => new Stage(database, client, signUp))
  .extend('mailbox', async ({ mailServer }) => {
    await mailServer.clear();
    return mailServer;
  });

export type ServiceTest = typeof test;
