/**
 * How often passwords are wrong: from one client, at one account from it, and at one account from
 * all.
 *
 * Addresses without an account count alike. An attempt counts before it is judged, so that of many
 * at once no more are judged than may fail; whoever succeeds has it taken back.
 */

import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';

import { currentContext } from '../lib/context.ts';
import type { Counters } from '../lib/counters.ts';
import { ApiError } from '../lib/errors.ts';
import { retryAfter } from '../lib/rate-limits.ts';

/** How many may fail at one account from one client; from all together, before answers slow. */
export const LIMITS = { windowSeconds: 15 * 60, perClient: 50, perAccount: 10 };

const STEP_SECONDS = 0.1;
const LONGEST_SECONDS = 2;

/** One try of a password at an account, from a client. */
class Attempt {
  readonly #counters: Counters;
  readonly #client: string;
  readonly #here: string;
  readonly #anywhere: string;

  constructor(counters: Counters, client: string, email: string) {
    const account = createHash('sha256').update(email).digest('hex'); // counters hold no addresses
    this.#counters = counters;
    this.#client = `log-ins:client:${client}`;
    this.#here = `log-ins:account:${account}:${client}`;
    this.#anywhere = `log-ins:account:${account}`;
  }

  /**
   * Counts the attempt, and waits where many have failed at the account.
   *
   * Throws `RATE_LIMITED` where this client has failed too often.
   */
  async begin(): Promise<void> {
    await this.#count(this.#client, LIMITS.perClient);
    try {
      await this.#count(this.#here, LIMITS.perAccount);
    } catch (error) {
      await this.#counters.takeBack([this.#client], LIMITS.windowSeconds);
      throw error;
    }
    const { number } = await this.#counters.add(this.#anywhere, LIMITS.windowSeconds);
    await pause(delay(number) * 1000);
  }

  async #count(key: string, most: number): Promise<void> {
    const count = await this.#counters.add(key, LIMITS.windowSeconds);
    if (count.number > most) {
      throw new ApiError('RATE_LIMITED', { headers: { 'Retry-After': `${retryAfter(count)}` } });
    }
  }

  /** Forgets what failed at the account from this client. */
  async succeed(): Promise<void> {
    await this.#counters.clear(this.#here, LIMITS.windowSeconds);
    await this.#counters.takeBack([this.#client, this.#anywhere], LIMITS.windowSeconds);
  }

  /** Uncounts the attempt, which nobody judged. */
  async cancel(): Promise<void> {
    const keys = [this.#client, this.#here, this.#anywhere];
    await this.#counters.takeBack(keys, LIMITS.windowSeconds);
  }
}

/** The attempts of one client; without counters they are not counted. */
export class LogInAttempts {
  readonly #counters: Counters | null;
  readonly #client: string;

  constructor(counters: Counters | null, client: string) {
    this.#counters = counters;
    this.#client = client;
  }

  /**
   * Returns what `judge` does, counted as one attempt at the account with an address.
   *
   * It stays counted where `judge` refuses. Throws `RATE_LIMITED` where this client may not try.
   */
  async judge<T>(email: string, judge: () => Promise<T>): Promise<T> {
    if (this.#counters === null) {
      return judge();
    }
    const attempt = new Attempt(this.#counters, this.#client, email);
    await attempt.begin();
    let judged: T;
    try {
      judged = await judge();
    } catch (error) {
      if (!isRefusal(error)) {
        await attempt.cancel();
      }
      throw error;
    }
    await attempt.succeed();
    return judged;
  }
}

function isRefusal(error: unknown): boolean {
  return error instanceof ApiError && error.status < 500;
}

function delay(failures: number): number {
  const wanted = Math.max(failures - LIMITS.perAccount, 0) * STEP_SECONDS;
  return Math.min(wanted, LONGEST_SECONDS, currentContext().secondsLeft() / 2);
}
