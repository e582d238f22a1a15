/** Every answer names its request, so that a log line can be found for it. */

import { randomUUID } from 'node:crypto';

const VALID = /^[A-Za-z0-9._-]{1,128}$/;

/** Returns the client's `X-Request-ID` where it is one, a new one otherwise. */
export function requestIdOf(given: string | undefined): string {
  return given !== undefined && VALID.test(given) ? given : randomUUID();
}
