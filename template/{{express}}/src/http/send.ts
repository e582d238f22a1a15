/** Sending answers. */

import type { Response } from 'express';

import type { Answer } from '../lib/http/answers.ts';

/** Sends `answer`; Node leaves its body out where the request was HEAD. */
export function send(response: Response, answer: Answer): void {
  response.statusCode = answer.status;
  for (const [name, value] of Object.entries(answer.headers)) response.setHeader(name, value);
  if (answer.body === undefined) {
    response.end();
  } else {
    response.setHeader('Content-Length', Buffer.byteLength(answer.body));
    response.end(answer.body);
  }
}
