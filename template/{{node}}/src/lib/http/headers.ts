/** What every answer says besides its own: how browsers treat it, and who may keep it. */

import type { Settings } from '../config.ts';

/** Headers by name. */
export type Headers = Readonly<Record<string, string>>;

const SECURITY: Headers = {
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
};
const ENCRYPTION: Headers = { 'Strict-Transport-Security': 'max-age=31536000' };
const VARY: Headers = { Vary: 'Origin, Authorization, Cookie, X-API-Key' };
const UNSTORED_PATH = '/api/v1/auth/';

/** The headers of every answer, made once. */
export class CommonHeaders {
  readonly #revalidated: Headers;
  readonly #unstored: Headers;

  constructor(settings: Settings) {
    const common = { ...SECURITY, ...(settings.isDevelopment ? {} : ENCRYPTION), ...VARY };
    this.#revalidated = { ...common, 'Cache-Control': 'private, no-cache' };
    this.#unstored = { ...common, 'Cache-Control': 'no-store' };
  }

  /**
   * Returns what an answer of `path` says unless it says otherwise itself.
   *
   * What is answered under `auth` is never stored: tokens, and who has which account.
   */
  of(path: string): Headers {
    return path.startsWith(UNSTORED_PATH) ? this.#unstored : this.#revalidated;
  }
}
