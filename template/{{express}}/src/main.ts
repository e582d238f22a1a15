/** The service, in the foreground: `node src/main.ts`. */

import { ConfigurationError, getSettings } from './lib/config.ts';
import { Service } from './lib/http/service.ts';
import { ListenError, listen, stop } from './server.ts';

try {
  await main();
} catch (error) {
  if (!(error instanceof ConfigurationError) && !(error instanceof ListenError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

/** Serves until a signal says to stop; an interrupt after that stops at once. */
async function main(): Promise<void> {
  const service = new Service(getSettings());
  const server = await listen(service);
  let stopping: Promise<void> | undefined;
  const begin = (signal: NodeJS.Signals): void => {
    // Supervisors may say SIGTERM more than once: make passes its own on.
    if (stopping !== undefined && signal === 'SIGINT') process.exit(1);
    stopping ??= stop(server, service);
  };
  process.on('SIGTERM', begin).on('SIGINT', begin);
}
