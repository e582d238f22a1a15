/** OPTIONS on every path, and what a path does not offer. */

import type { RequestHandler } from 'express';

import { ApiError, notFound } from '../lib/errors.ts';
import type { Service } from '../lib/http/service.ts';
import { exchangeOf } from '../http/incoming.ts';
import type { Offered } from '../http/routes.ts';
import { send } from '../http/send.ts';

/** Returns the middleware that answers OPTIONS, preflights among them. */
export function options(service: Service, offered: Offered): RequestHandler {
  return (request, response, next) => {
    const { head } = exchangeOf(response);
    const allow = request.method === 'OPTIONS' ? offered.at(head.path) : undefined;
    if (allow === undefined) {
      next(request.method === 'OPTIONS' ? notFound() : undefined);
      return;
    }
    const origin = head.header('origin');
    const isPreflight = head.header('access-control-request-method') !== undefined;
    const cors = origin !== undefined && isPreflight ? service.cors.preflight(origin, allow) : {};
    send(response, { status: 204, headers: { Allow: allow, ...cors } });
  };
}

/** Returns the middleware for what nothing has answered: the path lacks the method, or is none. */
export function missing(offered: Offered): RequestHandler {
  return (_request, response, next) => {
    const allow = offered.at(exchangeOf(response).head.path);
    const refusal =
      allow === undefined
        ? notFound()
        : new ApiError('METHOD_NOT_ALLOWED', { headers: { Allow: allow } });
    next(refusal);
  };
}
