/** Reading answers, under the names that code uses. */

import { jsonName } from '../../src/lib/contract/casing.ts';
import type { Answer } from './clients.ts';

/** Any JSON object. */
export type Members = Readonly<Record<string, unknown>>;

/** Returns the body of an answer, which is an object. */
export function body(answer: Answer): Members {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- of any shape
  return JSON.parse(answer.text) as Members;
}

/** Returns the member of an answer that code calls `name`. */
export function member(answer: Answer, name: string): unknown {
  return body(answer)[jsonName(name)];
}

interface ErrorBody {
  readonly error: {
    readonly code: string;
    readonly message: string;
    readonly details: readonly { readonly field: string; readonly message: string }[];
  };
}

function errorOf(answer: Answer): ErrorBody['error'] {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as the contract writes errors
  return (JSON.parse(answer.text) as ErrorBody).error;
}

/** Returns the code of an error. */
export function code(answer: Answer): string {
  return errorOf(answer).code;
}

/** Returns the status and the code of an error. */
export function refusal(answer: Answer): [number, string] {
  return [answer.status, code(answer)];
}

/** Returns the messages of an error by the field that each is about. */
export function faults(answer: Answer): Record<string, string> {
  return Object.fromEntries(errorOf(answer).details.map(({ field, message }) => [field, message]));
}

/** Returns the status of an error, and the fields that it names. */
export function faulty(answer: Answer): [number, ...string[]] {
  return [answer.status, ...Object.keys(faults(answer))];
}
