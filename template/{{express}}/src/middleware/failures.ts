/** Every error is answered in the contract's format. */

import type { ErrorRequestHandler } from 'express';

import { failure } from '../lib/http/failures.ts';
import { exchangeOf } from '../http/incoming.ts';
import { send } from '../http/send.ts';

/** Answers what went wrong; an answer that has begun is broken off, as Express does. */
export const failures: ErrorRequestHandler = (error, request, response, next) => {
  if (response.headersSent) {
    next(error);
  } else if (!request.socket.destroyed) {
    send(response, failure(error, exchangeOf(response).head));
  }
};
