/** The one kind of error that the API answers, and the table from its code to a status. */

import { type MessageKey, text } from './contract/messages.ts';

/** What clients may branch on, and the status of each; messages are for people. */
export const CODES = {
  INVALID_PARAMETER: 400,
  MALFORMED_JSON: 400,
  UNAUTHENTICATED: 401,
  INVALID_CREDENTIALS: 401,
  TOKEN_EXPIRED: 401,
  TOKEN_REUSED: 401,
  FORBIDDEN: 403,
  CSRF_FAILED: 403,
  NOT_FOUND: 404,
  METHOD_NOT_ALLOWED: 405,
  CONFLICT: 409,
  VERSION_MISMATCH: 409,
  PRECONDITION_FAILED: 412,
  PAYLOAD_TOO_LARGE: 413,
  UNSUPPORTED_MEDIA_TYPE: 415,
  VALIDATION_ERROR: 422,
  IDEMPOTENCY_KEY_REUSED: 422,
  RATE_LIMITED: 429,
  INTERNAL_ERROR: 500,
  SERVICE_UNAVAILABLE: 503,
} as const;

export type Code = keyof typeof CODES;

/** What the braces of a message stand for. */
export type Parameters = Readonly<Record<string, unknown>>;

/** One fault of one field or query parameter. */
export interface Detail {
  readonly field: string;
  readonly message: string;
}

export interface ApiErrorOptions {
  /** A key of the table of messages; without one the code's own message is used. */
  readonly message?: MessageKey;
  readonly details?: readonly Detail[];
  readonly headers?: Readonly<Record<string, string>>;
  readonly parameters?: Parameters;
}

const ALWAYS_WITH: Readonly<Record<number, Record<string, string>>> = {
  401: { 'WWW-Authenticate': 'Bearer' },
  503: { 'Retry-After': '1' },
};

/** The message that `code` has of its own. */
export function messageOf(code: Code, parameters: Parameters = {}): string {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as JavaScript lower-cases
  return text(code.toLowerCase() as Lowercase<Code>, parameters);
}

/**
 * Whatever is answered with a status of 400 or above.
 *
 * Throw it anywhere: the unit of work is rolled back and the one handler prints it.
 */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly code: Code;
  readonly status: number;
  readonly details: readonly Detail[];
  readonly headers: Readonly<Record<string, string>>;

  constructor(code: Code, options: ApiErrorOptions = {}) {
    const { message, details = [], headers, parameters } = options;
    super(message ? text(message, parameters) : messageOf(code, parameters));
    this.code = code;
    this.status = CODES[code];
    this.details = details;
    this.headers = { ...ALWAYS_WITH[this.status], ...headers };
  }

  /** The answer's body, as every client sees it. */
  body(): object {
    return { error: { code: this.code, message: this.message, details: this.details } };
  }
}

/** A fault of `field`, in the words that the table has for `message`. */
export function detail(field: string, message: MessageKey, parameters?: Parameters): Detail {
  return { field, message: text(message, parameters) };
}

/** The 422 that names one field. */
export function invalid(field: string, message: MessageKey, parameters?: Parameters): ApiError {
  return new ApiError('VALIDATION_ERROR', { details: [detail(field, message, parameters)] });
}

/** The 400 that names one query parameter. */
export function invalidParameter(
  name: string,
  message: MessageKey,
  parameters?: Parameters,
): ApiError {
  return new ApiError('INVALID_PARAMETER', { details: [detail(name, message, parameters)] });
}

/** The 404 of a row that is not there, or not there for this caller. */
export function notFound(): ApiError {
  return new ApiError('NOT_FOUND');
}
