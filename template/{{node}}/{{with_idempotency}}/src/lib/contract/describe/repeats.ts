/** What a request says that may be sent again, and what it is answered besides. */

import { type Answer, failureAnswer, failures, headerOf } from './answers.ts';
import { Component } from './components.ts';
import { headerParameter } from './parameters.ts';

export const IDEMPOTENCY_KEY = headerParameter(
  'Idempotency-Key',
  'IdempotencyKey',
  'A name for what is to be done once. Sent again within 24 hours by the same caller, with the ' +
    'same body, the request is answered as it was the first time.',
  { type: 'string', pattern: String.raw`^[\x21-\x7e]{1,255}$` },
);
const REPLAYED = new Component('headers', 'Idempotency-Replayed', {
  description: 'The answer was given before; only where it was.',
  schema: { type: 'string', const: 'true' },
});
const AGAIN = { 'Retry-After': headerOf('Retry-After') };
const CONFLICT = failureAnswer(409, ['CONFLICT']);

/** How a request is answered whose key cannot be used, or not yet. */
export const REPEAT_FAILURES = {
  409: new Component('responses', 'ConflictOrStillRunning', {
    ...CONFLICT,
    headers: { ...CONFLICT.headers, ...AGAIN },
  }),
  ...failures(['VALIDATION_ERROR', 'IDEMPOTENCY_KEY_REUSED']),
};

/** `answer` as it is when it may be given again. */
export function replayable(answer: Answer): Answer {
  return { ...answer, headers: { ...answer.headers, 'Idempotency-Replayed': REPLAYED } };
}
