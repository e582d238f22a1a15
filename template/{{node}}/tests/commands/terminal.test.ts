/** Asking whoever runs a command. */

import { PassThrough } from 'node:stream';

import { afterEach, expect, test, vi } from 'vitest';

import { askSecretly, isInteractive, readLine } from '../../src/commands/terminal.ts';

afterEach(() => vi.restoreAllMocks());

/** Lets standard input be what is typed. */
function type(text: string, isTTY = false): void {
  const typed = Object.assign(new PassThrough(), { isTTY });
  typed.end(text);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as much of it as is read
  vi.spyOn(process, 'stdin', 'get').mockReturnValue(typed as unknown as typeof process.stdin);
}

test.for([
  ['swordfish\r\nmore\n', 'swordfish'],
  ['swordfish', 'swordfish'],
  ['', ''],
] as const)('the first line of standard input is read: %j', async ([text, line]) => {
  type(text);
  expect(await readLine()).toBe(line);
});

test('what is typed after a prompt is not shown', async () => {
  const shown = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  const output = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  type('swordfish\n', true);
  expect(isInteractive()).toBe(true);
  expect(await askSecretly('Password: ')).toBe('swordfish');
  expect(shown.mock.calls.flat()).toEqual(['Password: ', '\n']);
  expect(output).not.toHaveBeenCalled();
});

test('without a terminal nobody can be asked', () => {
  type('');
  expect(isInteractive()).toBe(false);
});
