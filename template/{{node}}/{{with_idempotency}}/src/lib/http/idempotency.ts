/** The header `Idempotency-Key`: who sends a request again gets the first answer again. */

import { uuidv7 } from 'uuidv7';

import type { Caller } from '../auth/caller.ts';
import type { Policy } from '../contract/access.ts';
import * as kept from '../contract/idempotency.ts';
import type { Attempt, KeptAnswer } from '../contract/idempotency.ts';
import { checkParents } from '../contract/relations.ts';
import type { Input } from '../contract/schema.ts';
import type { Session } from '../db.ts';
import { ApiError } from '../errors.ts';
import { logger } from '../logs.ts';
import { type Answer, JSON_TYPE } from './answers.ts';
import type { Call } from './call.ts';

const HEADER = 'Idempotency-Key';
const REPLAYED = 'Idempotency-Replayed';
const VALID = /^[\x21-\x7e]{1,255}$/;
const KEPT = ['Location', 'ETag'];

/** What a request says that makes a row: what `policy` must still let the caller create. */
export interface Request {
  readonly caller: Caller | null;
  readonly body: unknown;
  readonly policy: Policy;
  readonly schema: Input;
}

/**
 * Returns what `work` answers, in one transaction; where the request has a key that was answered
 * before, that answer again.
 *
 * @throws ApiError a 400 for a malformed key, or one without a caller; what `work` throws.
 */
export async function once(
  call: Call,
  request: Request,
  work: (session: Session) => Promise<Answer>,
): Promise<Answer> {
  const attempt = attemptOf(call, request);
  if (attempt === null) return call.writing(work);
  const known = await kept.claim(call.database, attempt, call.secondsInAll);
  if (known === null) return first(call, attempt, work);
  const values = { ...request.schema.parse(request.body), ownerId: attempt.userId };
  await call.reading((session) =>
    checkParents(session, request.caller, request.policy, 'create', values),
  );
  const headers = { ...known.headers, 'Content-Type': JSON_TYPE, [REPLAYED]: 'true' };
  return { status: known.status, headers, body: known.body };
}

function attemptOf(call: Call, { caller, body }: Request): Attempt | null {
  const key = call.header(HEADER);
  if (key === undefined) return null;
  const parameters = { name: HEADER };
  if (!VALID.test(key)) {
    throw new ApiError('INVALID_PARAMETER', { message: 'malformed_header', parameters });
  }
  if (caller === null) {
    throw new ApiError('INVALID_PARAMETER', { message: 'header_needs_caller', parameters });
  }
  const { method, path } = call;
  return { userId: caller.userId, method, path, key, body, leaseId: uuidv7() };
}

/** Answers a request that nobody has answered: keeps what succeeds, frees the key otherwise. */
async function first(
  call: Call,
  attempt: Attempt,
  work: (session: Session) => Promise<Answer>,
): Promise<Answer> {
  try {
    return await call.writing(async (session) => {
      const answer = await work(session);
      if (answer.status < 300) await kept.complete(session, attempt, keptOf(answer));
      else await kept.free(session, attempt);
      return answer;
    });
  } catch (error) {
    await call.writing((session) => kept.free(session, attempt)).catch(leave);
    throw error;
  }
}

function keptOf({ status, headers, body }: Answer): KeptAnswer {
  const names = KEPT.filter((name) => name in headers);
  return {
    status,
    headers: Object.fromEntries(names.map((name) => [name, headers[name] ?? ''])),
    body: String(body),
  };
}

function leave(error: unknown): void {
  logger('idempotency').debug({ exception: error }, 'a lease is left to run out');
}
