/** The service, in the foreground: `node src/main.ts`. */

import { ConfigurationError, getSettings } from './lib/config.ts';
import { Service } from './lib/http/service.ts';
import { logger } from './lib/logs.ts';
import { listen, stop } from './server.ts';

try {
  await main();
} catch (error) {
  if (!(error instanceof ConfigurationError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

/** Serves until a signal says to stop; a second one stops at once. */
async function main(): Promise<void> {
  const service = new Service(getSettings());
  const server = await listen(service);
  const begin = (signal: NodeJS.Signals): void => {
    process.once(signal, () => process.exit(1));
    logger('server').info({ signal }, 'stopping');
    void stop(server, service);
  };
  process.once('SIGTERM', begin).once('SIGINT', begin);
}
