/** How a server stops: what is open is answered, what comes is refused. */

const ALIVE = '/healthz'; // A process that stops still lives: nobody shall kill it for that.

/** Which requests are open, and whether new ones are taken. */
export class Draining {
  #open = 0;
  readonly #done = Promise.withResolvers<void>();
  #hasBegun = false;

  /** How many requests are open. */
  get open(): number {
    return this.#open;
  }

  /** Fulfilled once all that was open is answered, after it has begun. */
  get done(): Promise<void> {
    return this.#done.promise;
  }

  /** Notes that a request is open. */
  enter(): void {
    this.#open += 1;
  }

  /** Notes that a request is answered. */
  leave(): void {
    this.#open -= 1;
    this.#look();
  }

  /** Takes no new request; the health check says that the service is not ready. */
  begin(): void {
    this.#hasBegun = true;
    this.#look();
  }

  /** Returns whether a request for `path` is not taken any more. */
  refuses(path: string): boolean {
    return this.#hasBegun && path !== ALIVE;
  }

  #look(): void {
    if (this.#hasBegun && this.#open === 0) this.#done.resolve();
  }
}
