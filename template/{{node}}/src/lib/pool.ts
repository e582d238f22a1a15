/** A few of something that is costly to make, lent to one after the other. */

/** Lends what `make` makes, at most `size` of them; who waits longest comes first. */
export class Pool<T> {
  readonly #make: () => T;
  readonly #made: T[] = [];
  readonly #idle: T[] = [];
  readonly #waiting: ((item: T) => void)[] = [];
  readonly #size: number;

  constructor(size: number, make: () => T) {
    this.#size = size;
    this.#make = make;
  }

  /** Everything that was made so far. */
  get made(): readonly T[] {
    return this.#made;
  }

  /** Lends one; throws where `signal` is aborted before one is free. */
  async acquire(signal: AbortSignal): Promise<T> {
    signal.throwIfAborted();
    const item = this.#idle.pop() ?? this.#another();
    return item ?? this.#next(signal);
  }

  /** Takes `item` back, and lends it to who waits for it. */
  release(item: T): void {
    const next = this.#waiting.shift();
    if (next) next(item);
    else this.#idle.push(item);
  }

  #another(): T | undefined {
    if (this.#made.length === this.#size) return undefined;
    const item = this.#make();
    this.#made.push(item);
    return item;
  }

  #next(signal: AbortSignal): Promise<T> {
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    const giveUp = () => {
      this.#waiting.splice(this.#waiting.indexOf(take), 1);
      reject(new Error('nothing was free in time', { cause: signal.reason }));
    };
    const take = (item: T) => {
      signal.removeEventListener('abort', giveUp);
      resolve(item);
    };
    this.#waiting.push(take);
    signal.addEventListener('abort', giveUp, { once: true });
    return promise;
  }
}
