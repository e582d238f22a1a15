import { expect } from 'vitest';

import { ApiError, type Code } from '../../src/lib/errors.ts';

/** The fields and messages of the error with `code` that `work` throws, in order. */
export function faultsOf(code: Code, work: () => unknown): [field: string, message: string][] {
  const error = refusalOf(work);
  expect(error.code).toBe(code);
  return error.details.map(({ field, message }) => [field, message]);
}

/** The error that `work` is refused with. */
export function refusalOf(work: () => unknown): ApiError {
  try {
    work();
  } catch (error) {
    if (error instanceof ApiError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}
