/** Routers of endpoints that describe themselves, for the OpenAPI document. */

import type { Described, Endpoint } from '../lib/contract/describe/index.ts';
import { type Handler, type Method, type Route, templateOf } from './routes.ts';

const BASE = '/api/v1';

/** The endpoints under one path of the API. */
export class ApiRouter {
  readonly tag: string;
  /** What the tag stands for. */
  readonly about: string;
  readonly routes: Route[] = [];
  readonly endpoints: Endpoint[] = [];
  readonly #prefix: string;

  /** Takes the path below `/api/v1`, and the tag that its endpoints have in the document. */
  constructor(prefix: string, tag: string, about: string) {
    this.#prefix = BASE + prefix;
    this.tag = tag;
    this.about = about;
  }

  /** Answers GET and HEAD of `path`; the document calls the endpoint `operationId`. */
  get(
    path: string,
    operationId: string,
    described: Described,
    text: string,
    handler: Handler,
  ): void {
    this.#add('get', path, operationId, described, text, handler);
  }

  /** Answers POST of `path`, as `get` does. */
  post(
    path: string,
    operationId: string,
    described: Described,
    text: string,
    handler: Handler,
  ): void {
    this.#add('post', path, operationId, described, text, handler);
  }

  /** Answers PUT of `path`, as `get` does. */
  put(
    path: string,
    operationId: string,
    described: Described,
    text: string,
    handler: Handler,
  ): void {
    this.#add('put', path, operationId, described, text, handler);
  }

  /** Answers PATCH of `path`, as `get` does. */
  patch(
    path: string,
    operationId: string,
    described: Described,
    text: string,
    handler: Handler,
  ): void {
    this.#add('patch', path, operationId, described, text, handler);
  }

  /** Answers DELETE of `path`, as `get` does. */
  delete(
    path: string,
    operationId: string,
    described: Described,
    text: string,
    handler: Handler,
  ): void {
    this.#add('delete', path, operationId, described, text, handler);
  }

  #add(
    method: Method,
    path: string,
    operationId: string,
    described: Described,
    text: string,
    handler: Handler,
  ): void {
    const whole = this.#prefix + path;
    this.routes.push({ method, path: whole, handler, isLimited: true });
    this.endpoints.push({
      path: templateOf(whole),
      method: method.toUpperCase(),
      operationId,
      tags: [this.tag],
      text,
      described,
    });
  }
}
