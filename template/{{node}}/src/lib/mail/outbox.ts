/** Mails that wait: they are sent one after the other, outside of any request's time. */

import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as pause } from 'node:timers/promises';

import { getSettings, type Settings } from '../config.ts';
import { ApiError } from '../errors.ts';
import { logger } from '../logs.ts';
import type { Message } from './messages.ts';
import { deliver, MailDelayedError, MailRefusedError } from './transport.ts';

export const ATTEMPTS = 5;

// Work that began at once would slow the answer down, and so tell that there was a mail to send.
const DELAY_SECONDS = [0.05, 0.15] as const;

// What is sent is no part of the request that happens to be in hand.
const outsideOfRequests = AsyncLocalStorage.snapshot();

export interface OutboxOptions {
  /** How many mails may wait. */
  readonly capacity?: number;
  /** How long the first pause is between two attempts; each is twice as long as the one before. */
  readonly firstPauseSeconds?: number;
}

interface Waiting {
  readonly message: Message | null;
  /** When it may be sent, as `performance.now` counts. */
  readonly due: number;
}

/** The mails of one process, in order; what cannot be sent after some attempts is logged. */
export class Outbox {
  readonly #settings: Settings;
  readonly #capacity: number;
  readonly #firstPause: number;
  readonly #waiting: Waiting[] = [];
  #working: Promise<void> | null = null;
  #closing = new AbortController();
  /** How many mails were taken, those to nobody too. */
  accepted = 0;

  constructor(settings: Settings, { capacity = 1000, firstPauseSeconds = 1 }: OutboxOptions = {}) {
    this.#settings = settings;
    this.#capacity = capacity;
    this.#firstPause = firstPauseSeconds * 1000;
  }

  /** Throws `SERVICE_UNAVAILABLE` where so many mails wait that no other can. */
  requireRoom(): void {
    if (this.#waiting.length >= this.#capacity) {
      throw new ApiError('SERVICE_UNAVAILABLE');
    }
  }

  /** Takes a mail to be sent; null takes its turn too and is sent to nobody. */
  put(message: Message | null): void {
    if (this.#waiting.length >= this.#capacity) {
      log().error('a mail was dropped: too many wait');
      return;
    }
    this.#waiting.push({ message, due: performance.now() + between(...DELAY_SECONDS) * 1000 });
    this.accepted += 1;
    this.#working ??= outsideOfRequests(async () => this.#work());
  }

  /** Waits until every mail was sent or given up. */
  async flush(): Promise<void> {
    await this.#working;
  }

  /** Sends what waits, for at most that long and without pauses; logs how much is left. */
  async close(seconds: number): Promise<void> {
    const closing = this.#closing;
    closing.abort();
    const over = new AbortController();
    const end = pause(seconds * 1000, undefined, { signal: over.signal }).catch(() => undefined);
    await Promise.race([this.#working, end]);
    over.abort();
    this.#closing = new AbortController();
    if (this.#waiting.length > 0) {
      log().error({ count: this.#waiting.length }, 'mails were not sent before the end');
    }
  }

  async #work(): Promise<void> {
    for (let next = this.#waiting[0]; next !== undefined; next = this.#waiting[0]) {
      const { message, due } = next;
      await this.#pause(due - performance.now());
      try {
        if (message !== null) {
          await this.#deliver(message);
        }
      } catch (error) {
        log().error({ exception: error }, 'a mail was not sent');
      }
      this.#waiting.shift();
    }
    this.#working = null;
  }

  async #deliver(message: Message): Promise<void> {
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      try {
        return await deliver(message, this.#settings);
      } catch (error) {
        if (error instanceof MailRefusedError) {
          return log().error({ reason: error.message }, 'a mail was refused');
        }
        if (!(error instanceof MailDelayedError)) {
          throw error;
        }
        log().warn({ reason: error.message, attempt }, 'a mail could not be sent yet');
      }
      if (attempt < ATTEMPTS) {
        await this.#pause(this.#firstPause * 2 ** (attempt - 1) * between(0.5, 1));
      }
    }
    return log().error('a mail was given up');
  }

  /** Waits, until a stop ends it. */
  async #pause(milliseconds: number): Promise<void> {
    const { signal } = this.#closing;
    await pause(Math.max(milliseconds, 0), undefined, { signal }).catch(() => undefined);
  }
}

function between(least: number, most: number): number {
  return least + Math.random() * (most - least);
}

function log() {
  return logger('mail');
}

let outbox: Outbox | undefined;

/** Returns the outbox of this process. */
export function getOutbox(): Outbox {
  outbox ??= new Outbox(getSettings());
  return outbox;
}
