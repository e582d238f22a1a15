/** Work on the server of the database in use. */

import { Server } from './server.ts';

/** Does `work` on the server of `url`, and hangs up. */
export async function onServer(
  url: string,
  work: (server: Server) => Promise<void>,
): Promise<void> {
  const server = await Server.connect(url);
  try {
    await work(server);
  } finally {
    await server.close();
  }
}

/** Drops every database whose name begins with `prefix`. */
export async function dropAll(server: Server, prefix: string): Promise<void> {
  for (const name of await server.databases(prefix)) await server.drop(name);
}

/** Returns the URL of the database `name` on the server of `url`. */
export function urlOf(url: string, name: string): string {
  const named = new URL(url);
  named.pathname = `/${name}`;
  return named.href;
}
