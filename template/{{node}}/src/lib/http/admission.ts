/** Whether somebody may call again already: the limits of requests. */

import type { Settings } from '../config.ts';
import type { Counters } from '../counters.ts';
import { ApiError } from '../errors.ts';
import { networkOf } from '../networks.ts';
import { RateLimit, retryAfter } from '../rate-limits.ts';
import { LogInAttempts } from '../../services/log-in-attempts.ts';
import type { Call } from './call.ts';

const AUTH = '/api/v1/auth/';
const ACCOUNT = `${AUTH}me`;

/** The limits of requests: for each caller, else for each client's address. */
export class Admission {
  readonly #counters: Counters;
  readonly #general: RateLimit | undefined;
  readonly #auth: RateLimit | undefined;

  constructor(settings: Settings, counters: Counters) {
    this.#counters = counters;
    this.#general = RateLimit.parse('general', settings.rateLimit);
    this.#auth = RateLimit.parse('auth', settings.authRateLimit);
  }

  /**
   * Counts the request and notes what the answer says of the limit.
   *
   * A 401 waits until a handler asks who calls: it comes later.
   *
   * @throws ApiError `RATE_LIMITED`.
   */
  async admit(call: Call): Promise<void> {
    const isAuth = takesPassword(call);
    const limit = isAuth ? this.#auth : this.#general;
    if (limit === undefined) return;
    const key = isAuth ? networkOf(call.client) : await keyOf(call);
    const count = await this.#counters.add(`${limit.name}:${key}`, limit.seconds);
    call.note(limit.headers(count));
    if (!limit.allows(count)) {
      throw new ApiError('RATE_LIMITED', { headers: { 'Retry-After': String(retryAfter(count)) } });
    }
  }

  /** Returns what counts the log-ins of a client; nothing does where they have no limit. */
  attemptsOf(client: string): LogInAttempts {
    return new LogInAttempts(this.#auth ? this.#counters : null, networkOf(client));
  }
}

/** Whether a request may hold a password: to delete the account takes one too. */
function takesPassword({ method, path }: Call): boolean {
  return method === 'POST' ? path.startsWith(AUTH) : method === 'DELETE' && path === ACCOUNT;
}

async function keyOf(call: Call): Promise<string> {
  const caller = await call.identify().catch((error: unknown) => {
    if (error instanceof ApiError && error.status === 401) return null;
    throw error;
  });
  return caller?.userId ?? networkOf(call.client);
}
