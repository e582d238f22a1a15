/**
 * Other settings for one test.
 *
 * Its file begins with `vi.mock(import('../src/lib/config.ts'), { spy: true })`.
 */

import { onTestFinished, vi } from 'vitest';

import { getSettings, type Settings } from '../../src/lib/config.ts';

/** Changes settings that are asked for from now on, until the test is over. */
export function changeSettings(changes: Partial<Settings>): void {
  const mocked = vi.mocked(getSettings);
  onTestFinished(() => void mocked.mockReset());
  mocked.mockReturnValue({ ...getSettings(), ...changes });
}
