/** Errors as every client sees them. */

import { expect, test } from 'vitest';

import { MESSAGES } from '../../src/lib/contract/messages.ts';
import { ApiError, CODES, invalid, invalidParameter, notFound } from '../../src/lib/errors.ts';

test.each(Object.entries(CODES))('%s has status %i and a message of its own', (name, status) => {
  const code = Object.keys(CODES).find((each): each is keyof typeof CODES => each === name);
  const error = new ApiError(code ?? 'INTERNAL_ERROR');
  expect([error.code, error.status]).toStrictEqual([name, status]);
  expect(error.message).not.toBe('');
});

test('a body holds code, message and every detail', () => {
  expect(invalid('name', 'max_length', { limit: 3 }).body()).toStrictEqual({
    error: {
      code: 'VALIDATION_ERROR',
      message: MESSAGES.validation_error,
      details: [{ field: 'name', message: 'This must have at most 3 characters.' }],
    },
  });
  expect(invalidParameter('limit', 'integer').status).toBe(400);
  expect(notFound().body()).toMatchObject({ error: { details: [] } });
});

test('another message and its parameters take the place of the own one', () => {
  const parameters = { name: 'If-Match' };
  const error = new ApiError('INVALID_PARAMETER', { message: 'malformed_header', parameters });
  expect(error.message).toBe('The header If-Match is malformed.');
});

test('what always goes with a status is there, and can be said otherwise', () => {
  expect(new ApiError('UNAUTHENTICATED').headers).toStrictEqual({ 'WWW-Authenticate': 'Bearer' });
  const headers = { 'Retry-After': '9' };
  expect(new ApiError('SERVICE_UNAVAILABLE').headers).toStrictEqual({ 'Retry-After': '1' });
  expect(new ApiError('SERVICE_UNAVAILABLE', { headers }).headers).toStrictEqual(headers);
});
