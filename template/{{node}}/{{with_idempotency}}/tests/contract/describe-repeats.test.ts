/** What the document says of requests that may be sent again. */

import { expect, test } from 'vitest';

import { owner } from '../../src/lib/contract/access.ts';
import { described, ofBooks, ofShelves } from './library.ts';

test('a create is described with its key', () => {
  ofShelves([owner], [owner]);
  expect(described(ofBooks(), 'create')).toMatchObject({
    parameters: [{ name: 'IdempotencyKey' }, { name: 'RequestId' }],
    responses: {
      201: { headers: { 'Idempotency-Replayed': {} } },
      409: { content: { headers: { 'Retry-After': {} } } },
      422: { name: 'ValidationErrorOrIdempotencyKeyReused' },
    },
  });
});

test.each(['list', 'get', 'update', 'delete'] as const)('a %s has none', (action) => {
  ofShelves([owner], [owner]);
  expect(JSON.stringify(described(ofBooks(), action))).not.toContain('Idempotency');
});
