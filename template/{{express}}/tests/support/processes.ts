/** The service as a process of its own. */

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';

import { type Line, parseLine } from './log.ts';

/** What a process left: its status, or the signal that ended it, and what it printed. */
export interface Ended {
  readonly status: number | NodeJS.Signals;
  readonly lines: readonly Line[];
  readonly errors: string;
}

/** A service that runs. */
export interface Running {
  readonly port: number;
  /** Ask for a path; the status of the answer. */
  status(path: string): Promise<number>;
  stop(): void;
  readonly ended: Promise<Ended>;
}

/** Start a service with these variables; `ended` tells what it left. */
export function launch(variables: Record<string, string>): {
  child: ChildProcess;
  ended: Promise<Ended>;
} {
  const env = { ...process.env, LOG_LEVEL: 'info', ...variables };
  const child = spawn(process.execPath, ['src/main.ts'], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return { child, ended: endOf(child) };
}

/** Start a service and wait until it answers. */
export async function running(variables: Record<string, string> = {}): Promise<Running> {
  const port = await freePort();
  const { child, ended } = launch({ PORT: String(port), ...variables });
  const status = async (path: string) =>
    (await fetch(`http://127.0.0.1:${port}${path}`, { headers: { Connection: 'close' } })).status;
  while (!(await status('/healthz').catch(() => 0))) await sleep(20);
  return { port, status, stop: () => child.kill('SIGTERM'), ended };
}

async function endOf(child: ChildProcess): Promise<Ended> {
  const { stdout, stderr } = child;
  if (stdout === null || stderr === null) throw new TypeError('its output is not read');
  const [output, errors, [code, signal]] = await Promise.all([
    text(stdout),
    text(stderr),
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as Node documents the event
    once(child, 'close') as Promise<[number | null, NodeJS.Signals | null]>,
  ]);
  const lines = output.split('\n').filter(Boolean).map(parseLine);
  return { status: code ?? signal ?? 0, lines, errors };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}
