/** What commands ask whoever runs them. */

import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';

/** Tells whether somebody can be asked. */
export function isInteractive(): boolean {
  return process.stdin.isTTY;
}

/** Returns the first line of standard input; an empty one where there is none. */
export async function readLine(): Promise<string> {
  for await (const line of createInterface({ input: process.stdin })) {
    return line;
  }
  return '';
}

/** Returns what is typed after `prompt`, which the terminal does not show. */
export async function askSecretly(prompt: string): Promise<string> {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: nowhere, terminal: true });
  lines.once('SIGINT', () => process.exit(130));
  process.stderr.write(prompt);
  try {
    return await lines.question('');
  } finally {
    lines.close();
    process.stderr.write('\n');
  }
}
