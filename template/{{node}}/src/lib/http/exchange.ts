/** One request and its answer, from the first byte to the line in the log. */

import { type Context, inContext } from '../context.ts';
import { Deadline } from '../deadline.ts';
import { logger } from '../logs.ts';
import { clientAddress } from './client-address.ts';
import { requestIdOf } from './request-id.ts';
import type { Service } from './service.ts';

/** What a framework's request says before anybody has looked for who answers it. */
export interface Head {
  readonly method: string;
  /** The path in plain text. */
  readonly path: string;
  readonly peer: string | undefined;
  /** Returns a header, named in lower case, as one line however many it came in (RFC 9110, 5.3). */
  header(name: string): string | undefined;
}

/** What a framework's request says, once it is known who answers it. */
export interface Incoming {
  /** The method; GET where HEAD is answered as GET. */
  readonly method: string;
  /** The query as it came, without its question mark. */
  readonly query: string;
  /** Returns the part of the path that its template calls so. */
  parameter(name: string): string;
  /** Returns the body; a 413 where it has more than `limit` bytes. */
  body(limit: number): Promise<Buffer>;
  /** Adds headers to whatever is answered. */
  note(headers: Readonly<Record<string, string>>): void;
}

/** Who asks, until when, and what every answer to it says. */
export class Exchange {
  readonly head: Head;
  readonly context: Context;
  readonly deadline: Deadline;
  /** The template of the path, which holds no id: as in `/api/v1/things/{id}`. */
  route: string | null = null;
  readonly #service: Service;
  readonly #began = performance.now();

  constructor(service: Service, head: Head) {
    const deadline = new Deadline(service.settings.requestTimeoutSeconds);
    this.#service = service;
    this.head = head;
    this.deadline = deadline;
    this.context = {
      requestId: requestIdOf(head.header('x-request-id')),
      client: clientAddress(
        head.peer,
        head.header('x-forwarded-for') ?? '',
        service.settings.trustedProxies,
      ),
      callerId: null,
      deadline: deadline.signal,
      secondsLeft: () => deadline.secondsLeft,
      extendDeadline: () => deadline.extend(),
    };
    service.draining.enter();
  }

  /** What the answer says, unless whoever answers says otherwise. */
  get headers(): Record<string, string> {
    const { head, context } = this;
    return {
      'X-Request-ID': context.requestId ?? '',
      ...this.#service.headers.of(head.path),
      ...this.#service.cors.shared(head.header('origin')),
    };
  }

  /** Whether nobody answers the request any more, since the service stops. */
  get isRefused(): boolean {
    return this.#service.draining.refuses(this.head.path);
  }

  /** Writes the one line of a request; `status` is 0 where the client went away unanswered. */
  end(status: number): void {
    this.deadline.stop();
    this.#service.draining.leave();
    const ms = Math.round((performance.now() - this.#began) * 10) / 10;
    const told = { method: this.head.method, route: this.route, status, ms };
    inContext(this.context, () => logger('http').info(told, 'request'));
  }
}
