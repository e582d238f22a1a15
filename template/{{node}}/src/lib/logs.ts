/** The log: one JSON object a line on standard output, without secrets. */

import { type DestinationStream, type Level, type Logger, pino } from 'pino';

import { getSettings } from './config.ts';
import { currentContext } from './context.ts';
import { redactMembers, redactText } from './redaction.ts';

export type { Logger } from 'pino';

const LEVELS = { debug: 'debug', info: 'info', warning: 'warn', error: 'error' } as const;
const NAMES: Readonly<Record<string, string>> = { warn: 'warning' };

let root: Logger | undefined;
const children = new Map<string, Logger>();

/**
 * Returns the logger of a part of the service, which every line names.
 *
 * Its level is `LOG_LEVEL`, unless `level` says otherwise. What is logged as `exception` is told
 * with its stack.
 */
export function logger(name: string, level?: Level): Logger {
  let found = children.get(name);
  if (found === undefined) {
    root ??= createRoot(LEVELS[getSettings().logLevel]);
    found = root.child({ logger: name }, level === undefined ? {} : { level });
    children.set(name, found);
  }
  return found;
}

/** Writes every line to `destination` from now on, as tests do. */
export function logTo(destination: DestinationStream): void {
  children.clear();
  root = createRoot('debug', destination);
}

function createRoot(level: Level, destination?: DestinationStream): Logger {
  return pino(
    {
      level,
      base: null,
      messageKey: 'event',
      timestamp: () => `,"timestamp":"${new Date().toISOString()}"`,
      formatters: {
        level: (label) => ({ level: NAMES[label] ?? label }),
        log: redactMembers,
      },
      hooks: {
        logMethod([told, text, ...values], write) {
          write.call(this, withoutSecrets(told), withoutSecrets(text), ...values);
        },
      },
      mixin: ofRequest,
      serializers: { exception: told },
    },
    destination ?? pino.destination(1),
  );
}

function withoutSecrets<T>(part: T): T | string {
  return typeof part === 'string' ? redactText(part) : part;
}

function ofRequest(): object {
  const { requestId, client, callerId } = currentContext();
  return requestId === null ? {} : { request_id: requestId, client, caller: callerId };
}

function told(error: unknown): string {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const cause = error instanceof Error && error.cause !== undefined ? told(error.cause) : '';
  return redactText(cause ? `${text}\ncaused by ${cause}` : text);
}
