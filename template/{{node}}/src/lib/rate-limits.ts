/** How many requests somebody may send, and what answers say about it. */

const SECONDS: Readonly<Record<string, number>> = {
  second: 1,
  minute: 60,
  hour: 3600,
  day: 86_400,
};

/** How often something was done in a window, this time included, and when the window ends. */
export interface Count {
  readonly number: number;
  readonly secondsLeft: number;
}

/** At most `amount` requests within `seconds`. */
export class RateLimit {
  readonly name: string;
  readonly amount: number;
  readonly seconds: number;

  /** Takes the name that answers tell, and the limit as it is written: `600/minute`. */
  constructor(name: string, text: string) {
    const [amount, unit = ''] = text.split('/');
    this.name = name;
    this.amount = Number(amount);
    this.seconds = SECONDS[unit] ?? 1;
  }

  /** Returns the limit that `text` says; undefined for `off`. */
  static parse(name: string, text: string): RateLimit | undefined {
    return text === 'off' ? undefined : new RateLimit(name, text);
  }

  /** Returns whether the request that was counted last may be answered. */
  allows(count: Count): boolean {
    return count.number <= this.amount;
  }

  /** Returns the limit and what is left of it (draft-ietf-httpapi-ratelimit-headers). */
  headers(count: Count): Record<string, string> {
    const left = Math.max(this.amount - count.number, 0);
    return {
      'RateLimit-Policy': `"${this.name}";q=${this.amount};w=${this.seconds}`,
      RateLimit: `"${this.name}";r=${left};t=${retryAfter(count)}`,
    };
  }
}

/** Returns after how many whole seconds the window has ended. */
export function retryAfter(count: Count): number {
  return Math.max(Math.ceil(count.secondsLeft), 1);
}
