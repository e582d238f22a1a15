/** What led to an error: libraries wrap what drivers throw. */

/** An error as drivers throw it. */
export interface DriverError extends Error {
  readonly code?: unknown;
  readonly errno?: unknown;
  readonly constraint_name?: unknown;
}

/** Returns `error` and what caused it, the outermost first. */
export function causesOf(error: unknown): DriverError[] {
  return error instanceof Error ? [error, ...causesOf(error.cause)] : [];
}
