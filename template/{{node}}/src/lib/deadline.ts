/** Until when a request may take. */

import { ApiError } from './errors.ts';

/** The end of one request's time: whoever waits for its work is told when it is over. */
export class Deadline {
  readonly #controller = new AbortController();
  readonly #milliseconds: number;
  #timer: NodeJS.Timeout;
  #ends: number;

  /** Takes how many `seconds` there are from now on. */
  constructor(seconds: number) {
    this.#milliseconds = seconds * 1000;
    this.#ends = performance.now() + this.#milliseconds;
    this.#timer = this.#start();
  }

  /** Aborted when the time is over. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** How many seconds are left. */
  get secondsLeft(): number {
    return Math.max(this.#ends - performance.now(), 0) / 1000;
  }

  /** Gives as much time again, from now on. */
  extend(): void {
    if (this.signal.aborted) return;
    this.stop();
    this.#ends = performance.now() + this.#milliseconds;
    this.#timer = this.#start();
  }

  /** Ends nothing any more: the request is answered. */
  stop(): void {
    clearTimeout(this.#timer);
  }

  /**
   * Returns what `work` returns.
   *
   * @throws ApiError the 503 where that takes too long; what is done by then goes on unheard.
   */
  async within<T>(work: Promise<T>): Promise<T> {
    const over = Promise.withResolvers<never>();
    // What of a body has not come by then is not waited for.
    const headers = { Connection: 'close' };
    const refuse = () => over.reject(new ApiError('SERVICE_UNAVAILABLE', { headers }));
    this.signal.addEventListener('abort', refuse, { once: true });
    if (this.signal.aborted) refuse(); // nobody is told of what is past
    try {
      return await Promise.race([work, over.promise]);
    } finally {
      this.signal.removeEventListener('abort', refuse);
    }
  }

  #start(): NodeJS.Timeout {
    return setTimeout(
      () => this.#controller.abort(new ApiError('SERVICE_UNAVAILABLE')),
      this.#milliseconds,
    );
  }
}
