/** Routers of endpoints that describe themselves, for the OpenAPI document. */

import type { Described, Endpoint } from '../lib/contract/describe/index.ts';
import { type Handler, type Method, type Route, templateOf } from './routes.ts';

const BASE = '/api/v1';

/** Has `handler` answer `path`; the document calls the endpoint `operationId`. */
type Answering = (
  path: string,
  operationId: string,
  described: Described,
  text: string,
  handler: Handler,
) => void;

/** The endpoints under one path of the API. */
export class ApiRouter {
  readonly tag: string;
  /** What the tag stands for. */
  readonly about: string;
  readonly routes: Route[] = [];
  readonly endpoints: Endpoint[] = [];
  /** Answers GET and HEAD of a path. */
  readonly get = this.#answering('get');
  readonly post = this.#answering('post');
  readonly put = this.#answering('put');
  readonly patch = this.#answering('patch');
  readonly delete = this.#answering('delete');
  readonly #prefix: string;

  /** Takes the path below `/api/v1`, and the tag that its endpoints have in the document. */
  constructor(prefix: string, tag: string, about: string) {
    this.#prefix = BASE + prefix;
    this.tag = tag;
    this.about = about;
  }

  #answering(method: Method): Answering {
    return (path, operationId, described, text, handler) => {
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
    };
  }
}
