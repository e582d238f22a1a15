/** What Express knows of a request, as the library that no framework knows of asks for it. */

import type { Request, Response } from 'express';

import { readBody } from '../lib/http/body.ts';
import { Exchange, type Head, type Incoming } from '../lib/http/exchange.ts';
import { decodePath } from '../lib/http/query.ts';

const KEY = 'exchange';
const ORIGIN = /^https?:\/\/[^/?]*/i;

/** Returns what `request` says before anybody has looked for who answers it. */
export function headOf(request: Request): Head {
  const [target = ''] = request.originalUrl.replace(ORIGIN, '').split('?', 1);
  return {
    method: request.method,
    path: decodePath(target),
    peer: request.socket.remoteAddress,
    header: (name) => request.headersDistinct[name]?.join(name === 'cookie' ? '; ' : ', '),
  };
}

/** Returns what `request` says to the endpoint that answers it. */
export function incomingOf(request: Request, response: Response): Incoming {
  const { originalUrl } = request;
  const mark = originalUrl.indexOf('?');
  return {
    method: request.method === 'HEAD' ? 'GET' : request.method,
    query: mark === -1 ? '' : originalUrl.slice(mark + 1),
    parameter: (name) => String(request.params[name] ?? ''),
    body: (limit) => readBody(request, request.headers['content-length'], limit),
    note: (headers) => response.setHeaders(new Map(Object.entries(headers))),
  };
}

/** Keeps the exchange with the response that ends it. */
export function keepExchange(response: Response, exchange: Exchange): void {
  response.locals[KEY] = exchange;
}

/** Returns the exchange that a response ends. */
export function exchangeOf(response: Response): Exchange {
  const exchange: unknown = response.locals[KEY];
  if (!(exchange instanceof Exchange)) throw new TypeError('the exchange middleware did not run');
  return exchange;
}
