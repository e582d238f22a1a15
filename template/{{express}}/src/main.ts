/** The service, in the foreground: `node src/main.ts`. */

import { ConfigurationError, getSettings } from './lib/config.ts';
import { Service } from './lib/http/service.ts';
import { logger } from './lib/logs.ts';
import { ListenError, listen, stop } from './server.ts';

try {
  await main();
} catch (error) {
  if (!(error instanceof ConfigurationError) && !(error instanceof ListenError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

/** Serves until a signal says to stop; a second one stops at once. */
async function main(): Promise<void> {
  const service = new Service(getSettings());
  const server = await listen(service);
  const begin = (signal: NodeJS.Signals): void => {
    for (const name of ['SIGTERM', 'SIGINT'] as const) {
      process.off(name, begin).once(name, () => process.exit(1));
    }
    logger('server').info({ signal }, 'stopping');
    void stop(server, service);
  };
  process.on('SIGTERM', begin).on('SIGINT', begin);
}
