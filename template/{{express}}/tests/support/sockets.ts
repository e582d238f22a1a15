/** Requests as no client library sends them. */

import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

const PAUSE_MS = 50;

/** Send `parts`, with pauses in between, and return all that comes before the end or a silence. */
export async function exchange(port: number, parts: string[], silenceMs = 300): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  let answer = '';
  const over = Promise.withResolvers<void>();
  socket.setTimeout(silenceMs, over.resolve);
  socket.on('data', (chunk) => (answer += chunk.toString()));
  socket.on('close', over.resolve);
  socket.on('error', over.resolve);
  for (const part of parts) {
    socket.write(part);
    await sleep(PAUSE_MS);
  }
  await over.promise;
  socket.destroy();
  return answer;
}
