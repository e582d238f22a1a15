/** Which pages of other origins may call the service: those of `CORS_ORIGINS`. */

import type { Settings } from '../config.ts';
import type { Headers } from './headers.ts';

const EXPOSED =
  'ETag, Link, Location, Retry-After, RateLimit, RateLimit-Policy, X-Request-ID, Idempotency-Replayed';
const ACCEPTED =
  'Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match, X-API-Key, ' +
  'X-CSRF-Token, X-Request-ID';
const SECONDS = '600';

/** The headers by which a browser lets a page see an answer, made once for each origin. */
export class Cors {
  readonly #shared: ReadonlyMap<string, Headers>;

  constructor(settings: Settings) {
    this.#shared = new Map(settings.corsOrigins.map((origin) => [origin, shared(origin)]));
  }

  /** Returns what lets a page of `origin` see an answer; nothing for a foreign one. */
  shared(origin: string | undefined): Headers {
    return (origin !== undefined && this.#shared.get(origin)) || {};
  }

  /** Returns what lets a page of `origin` send a request with any method of `allow`. */
  preflight(origin: string, allow: string): Headers {
    if (!this.#shared.has(origin)) return {};
    return {
      'Access-Control-Allow-Methods': allow,
      'Access-Control-Allow-Headers': ACCEPTED,
      'Access-Control-Max-Age': SECONDS,
    };
  }
}

function shared(origin: string): Headers {
  return {
    'Access-Control-Allow-Origin': origin,
    'Access-Control-Allow-Credentials': 'true',
    'Access-Control-Expose-Headers': EXPOSED,
  };
}
