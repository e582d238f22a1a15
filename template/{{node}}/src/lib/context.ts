/** What is known of the request in hand, wherever its code runs. */

import { AsyncLocalStorage } from 'node:async_hooks';

/** One request, or whatever else the service does. */
export interface Context {
  /** The name of the request; null in a command. */
  readonly requestId: string | null;
  /** The address of the client; null in a command. */
  readonly client: string | null;
  /** The id of the account that calls, once that is known. */
  callerId: string | null;
  /** Aborted when the request has taken too long; never in a command. */
  readonly deadline: AbortSignal;
  /** Returns how long the request may still take; `Infinity` in a command. */
  secondsLeft(): number;
  /** Gives as much time again, from now on. */
  extendDeadline(): void;
}

const OUTSIDE: Context = {
  requestId: null,
  client: null,
  callerId: null,
  deadline: new AbortController().signal,
  secondsLeft: () => Infinity,
  extendDeadline: () => undefined,
};

const storage = new AsyncLocalStorage<Context>();

/** Returns the context of the code that asks; one of its own outside of requests. */
export function currentContext(): Context {
  return storage.getStore() ?? OUTSIDE;
}

/** Runs `work` in `context`, with all that it starts, and returns what it returns. */
export function inContext<T>(context: Context, work: () => T): T {
  return storage.run(context, work);
}
