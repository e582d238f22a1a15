/** Endpoints: what answers which method of which path. */

import { type RequestHandler, Router } from 'express';

import type { Answer } from '../lib/http/answers.ts';
import { Call } from '../lib/http/call.ts';
import type { Service } from '../lib/http/service.ts';
import { exchangeOf, incomingOf } from './incoming.ts';
import { send } from './send.ts';

export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

/** Answers one request. */
export type Handler = (call: Call) => Promise<Answer> | Answer;

/** One method of one path. */
export interface Route {
  readonly method: Method;
  /** The path as Express writes it: `/api/v1/things/:id`. */
  readonly path: string;
  readonly handler: Handler;
  /** Whether requests are counted and limited. */
  readonly isLimited: boolean;
}

/** Returns the template of a path as OpenAPI writes it: `/api/v1/things/{id}`. */
export function templateOf(path: string): string {
  return path.replaceAll(/:(\w+)/gu, '{$1}');
}

/** Returns the Express router that serves `routes`, tried in their order. */
export function serve(service: Service, routes: readonly Route[]): Router {
  const router = Router({ caseSensitive: true, strict: true });
  for (const route of routes) router[route.method](route.path, handle(service, route));
  return router;
}

function handle(service: Service, route: Route): RequestHandler {
  const template = templateOf(route.path);
  return async (request, response) => {
    const exchange = exchangeOf(response);
    exchange.route = template;
    const call = new Call(service, exchange, incomingOf(request, response));
    send(response, await exchange.deadline.within(answer(service, route, call)));
  };
}

async function answer(service: Service, route: Route, call: Call): Promise<Answer> {
  if (route.isLimited) await service.admission.admit(call);
  return route.handler(call);
}

/** Tells which methods a path offers. */
export class Offered {
  readonly #routes: readonly (readonly [RegExp, string])[];

  constructor(routes: readonly Route[]) {
    this.#routes = routes.map(({ path, method }) => [patternOf(path), method.toUpperCase()]);
  }

  /** Returns the `Allow` of `path`; undefined where there is no such path. */
  at(path: string): string | undefined {
    const found = this.#routes
      .filter(([pattern]) => pattern.test(path))
      .map(([, method]) => method);
    if (found.length === 0) return undefined;
    const implied = found.includes('GET') ? ['HEAD', 'OPTIONS'] : ['OPTIONS'];
    return [...new Set([...found, ...implied])].toSorted().join(', ');
  }
}

function patternOf(path: string): RegExp {
  return new RegExp(`^${path.replaceAll('.', String.raw`\.`).replaceAll(/:\w+/gu, '[^/]+')}$`, 'u');
}
