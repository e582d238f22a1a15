/** What happens around every request: who asks is noted, and every answer is completed. */

import type { RequestHandler } from 'express';

import { inContext } from '../lib/context.ts';
import { ApiError } from '../lib/errors.ts';
import { Exchange } from '../lib/http/exchange.ts';
import type { Service } from '../lib/http/service.ts';
import { headOf, keepExchange } from '../http/incoming.ts';

/** Returns the outermost middleware: it names the request, sets headers, writes the log line. */
export function exchange(service: Service): RequestHandler {
  return (request, response, next) => {
    const begun = new Exchange(service, headOf(request));
    keepExchange(response, begun);
    response.setHeaders(new Map(Object.entries(begun.headers)));
    response.once('close', () => begun.end(response.headersSent ? response.statusCode : 0));
    inContext(begun.context, () => {
      if (begun.isRefused) {
        next(new ApiError('SERVICE_UNAVAILABLE', { headers: { Connection: 'close' } }));
      } else {
        request.url = routed(begun.head.path, request.url);
        next();
      }
    });
  };
}

/** Returns the URL that routes are looked for by: its path holds nothing that is not UTF-8. */
function routed(path: string, url: string): string {
  if (!url.includes('%') && url.startsWith('/')) return url;
  return encodeURI(path).replaceAll('?', '%3F').replaceAll('#', '%23');
}
