/** Where tests count requests: in the Redis of `REDIS_URL`, else in one of their own. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** Start a server unless there is one; `remove` ends it. */
export async function prepareCounting(): Promise<{
  variables: Record<string, string>;
  remove: () => void;
}> {
  if (process.env['REDIS_URL']) return { variables: {}, remove: () => undefined };
  const keeper = spawn('python3', ['tools/servers.py', 'redis'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines: unknown[] = await once(createInterface({ input: keeper.stdout }), 'line');
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as the tool writes it
  const said = JSON.parse(String(lines[0])) as { url: string } | { error: string };
  if ('error' in said) {
    throw new Error(`${said.error}: set REDIS_URL to a Redis that tests may use`);
  }
  // Closing the pipe ends the keeper, which stops the server.
  return { variables: { REDIS_URL: said.url }, remove: () => keeper.stdin.end() };
}
