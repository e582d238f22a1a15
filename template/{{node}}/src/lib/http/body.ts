/** Reading a request's body, no more of it than is allowed. */

import type { Readable } from 'node:stream';

import { ApiError } from '../errors.ts';

const PARAMETERS = new Set(['', 'charset=utf-8']);

/**
 * Looks whether a body is what is `expected`: one of some media types, in UTF-8, not encoded.
 *
 * @throws ApiError the 415.
 */
export function checkMediaType(
  contentType: string | undefined,
  isEncoded: boolean,
  expected: readonly string[],
): void {
  const [mediaType = '', ...parameters] = (contentType ?? '').split(';');
  const charset = parameters.join(';').trim().toLowerCase().replaceAll('"', '');
  const isKnown = expected.includes(mediaType.trim().toLowerCase());
  if (!isKnown || !PARAMETERS.has(charset) || isEncoded) {
    throw new ApiError('UNSUPPORTED_MEDIA_TYPE', {
      parameters: { expected: expected.join(' or ') },
    });
  }
}

/**
 * Returns all bytes of `stream`, of which there may be `limit`; `length` is how many it announces.
 *
 * The rest of one that is too long is left to flow away, so that the answer can be read.
 *
 * @throws ApiError the 413, and what the stream fails with.
 */
export async function readBody(
  stream: Readable,
  length: string | undefined,
  limit: number,
): Promise<Buffer> {
  if (Number(length ?? 0) > limit) throw new ApiError('PAYLOAD_TOO_LARGE');
  const chunks: Buffer[] = [];
  let size = 0;
  const over = Promise.withResolvers<void>();
  const take = (chunk: Buffer): void => {
    size += chunk.length;
    if (size > limit) over.reject(new ApiError('PAYLOAD_TOO_LARGE'));
    else chunks.push(chunk);
  };
  stream.on('data', take).once('end', over.resolve).once('error', over.reject);
  stream.once('close', () => over.reject(new Error('the client went away')));
  try {
    await over.promise;
  } finally {
    stream.off('data', take).resume();
  }
  return Buffer.concat(chunks, size);
}
