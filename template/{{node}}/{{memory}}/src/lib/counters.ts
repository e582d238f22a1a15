/** Counting in the memory of this process: each process counts for itself. */

import { RateLimiterMemory } from 'rate-limiter-flexible';

import type { Count } from './rate-limits.ts';
import type { Settings } from './config.ts';

/** Returns what counts, as `settings` say. */
export function createCounters(_settings: Settings): Counters {
  return new Counters();
}

/** How often something was done, in windows that begin with its first time. */
export class Counters {
  readonly #windows = new Map<number, RateLimiterMemory>();

  /** Counts `key` once more, in its window of so many seconds. */
  async add(key: string, seconds: number): Promise<Count> {
    const { consumedPoints, msBeforeNext } = await this.#of(seconds).penalty(key);
    return { number: consumedPoints, secondsLeft: msBeforeNext / 1000 };
  }

  /** Uncounts each of `keys` once, in its window of so many seconds. */
  async takeBack(keys: readonly string[], seconds: number): Promise<void> {
    const windows = this.#of(seconds);
    for (const key of keys) {
      if ((await windows.get(key)) !== null) await windows.reward(key);
    }
  }

  /** Forgets `key`, in its window of so many seconds. */
  async clear(key: string, seconds: number): Promise<void> {
    await this.#of(seconds).delete(key);
  }

  /** Forgets everything. */
  async close(): Promise<void> {
    this.#windows.clear();
  }

  #of(seconds: number): RateLimiterMemory {
    let windows = this.#windows.get(seconds);
    if (windows === undefined) {
      windows = new RateLimiterMemory({ points: Number.MAX_SAFE_INTEGER, duration: seconds });
      this.#windows.set(seconds, windows);
    }
    return windows;
  }
}
