/** Services that tests start, each with settings and routers of its own. */

import type { AddressInfo } from 'node:net';

import { createApp } from '../../src/app.ts';
import type { ApiRouter } from '../../src/http/api-router.ts';
import { type Environment, readSettings } from '../../src/lib/config.ts';
import { Service } from '../../src/lib/http/service.ts';
import { listen, stop } from '../../src/server.ts';

/** A service that listens, until it is disposed of. */
export interface Serving extends AsyncDisposable {
  readonly url: string;
  readonly port: number;
  readonly service: Service;
  /** Ask for a path; nothing is followed. */
  ask(path: string, init?: RequestInit): Promise<Response>;
}

/** Start a service; `routers` are all that it offers under /api/v1, else its own. */
export async function serving(
  variables: Environment = {},
  ...routers: ApiRouter[]
): Promise<Serving> {
  const settings = readSettings({ ...process.env, PORT: '0', ...variables });
  const service = new Service(settings);
  const app = routers.length > 0 ? createApp(service, routers) : createApp(service);
  const server = await listen(service, app);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it listens on a port
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  return {
    url,
    port,
    service,
    ask: async (path, init) => fetch(url + path, { redirect: 'manual', ...init }),
    [Symbol.asyncDispose]: async () => stop(server, service),
  };
}

/** Return the code of an error, which must have the contract's form. */
export async function codeOf(response: Response): Promise<string> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what is not so fails a test
  const { error } = (await response.json()) as { error: { code: string; details: unknown[] } };
  return Array.isArray(error.details) ? error.code : 'no details';
}
