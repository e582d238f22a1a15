/** The server that stops without turning anybody away whom it has let in. */

import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

import { createApp } from './app.ts';
import type { Service } from './lib/http/service.ts';
import { logger } from './lib/logs.ts';

const KEPT_ALIVE_MS = 65_000; // longer than load balancers keep theirs, who must be first to close
const COMMIT_MS = 5000; // how much longer than its deadline a request may take to commit

/** The service cannot listen where it should. */
export class ListenError extends Error {
  override readonly name = 'ListenError';
}

/**
 * Returns the server of `service`, once `app` listens where the settings say.
 *
 * @throws ListenError where it cannot, as where another process does.
 */
export async function listen(service: Service, app = createApp(service)): Promise<Server> {
  const { host, port, requestTimeoutSeconds } = service.settings;
  const server = createServer(app);
  // The deadline of requests is not Node's: it only ends what is sent for long after its answer.
  server.requestTimeout = Math.max(300_000, 2 * requestTimeoutSeconds * 1000);
  server.keepAliveTimeout = KEPT_ALIVE_MS;
  // What else than 100-continue is expected is not looked at.
  server.on('checkExpectation', (request, response) => server.emit('request', request, response));
  try {
    await once(server.listen({ host, port }), 'listening');
  } catch (error) {
    await service.close();
    throw new ListenError(`It cannot listen: ${String(error)}`);
  }
  logger('server').info({ host, port }, 'listening');
  return server;
}

/**
 * Answers what is open, refuses what comes, then closes everything.
 *
 * It goes on to listen while requests are open, so that whoever asks whether it is ready hears
 * that it is not.
 */
export async function stop(server: Server, service: Service): Promise<void> {
  const { draining, settings } = service;
  logger('server').info('stopping');
  draining.begin();
  await within(settings.requestTimeoutSeconds * 1000 + COMMIT_MS, draining.done);
  server.close();
  server.closeAllConnections(); // those that are left wait for nothing, or have waited too long
  await service.close();
  logger('server').info('stopped');
}

async function within(milliseconds: number, done: Promise<unknown>): Promise<void> {
  const over = new AbortController();
  const patience = sleep(milliseconds, undefined, { signal: over.signal }).catch(() => undefined);
  await Promise.race([done, patience]);
  over.abort();
}
