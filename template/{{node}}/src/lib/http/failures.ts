/** The one place that turns whatever went wrong into the contract's error format. */

import { recordAtOnce } from '../audit.ts';
import { currentContext } from '../context.ts';
import { isUnavailable } from '../dialect.ts';
import { ApiError, type Code } from '../errors.ts';
import { logger } from '../logs.ts';
import { type Answer, json } from './answers.ts';

// What a framework, or a route that raises its errors, may answer; anything else is a 500.
const BY_STATUS: Readonly<Record<number, Code>> = {
  400: 'MALFORMED_JSON',
  401: 'UNAUTHENTICATED',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  405: 'METHOD_NOT_ALLOWED',
  409: 'CONFLICT',
  413: 'PAYLOAD_TOO_LARGE',
  415: 'UNSUPPORTED_MEDIA_TYPE',
  503: 'SERVICE_UNAVAILABLE',
};

/** Returns what a request is answered that failed with `error`; what nobody expected is logged. */
export function failure(error: unknown, asked: { method: string; path: string }): Answer {
  const known = apiErrorOf(error);
  if (known.code === 'INTERNAL_ERROR') {
    logger('http').error({ exception: error }, 'a request failed');
  }
  if (known.code === 'FORBIDDEN') {
    const { method, path } = asked;
    recordAtOnce('refused', currentContext().callerId, null, null, { method, path });
  }
  return json(known.body(), known.status, known.headers);
}

function apiErrorOf(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  if (isUnavailable(error)) return new ApiError('SERVICE_UNAVAILABLE');
  return new ApiError(BY_STATUS[statusOf(error)] ?? 'INTERNAL_ERROR');
}

function statusOf(error: unknown): number {
  return error instanceof Error && 'status' in error ? Number(error.status) : 500;
}
