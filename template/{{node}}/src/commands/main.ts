/** Runs one command, and prints what it did or why it could not. */

import { run } from './program.ts';

const { status, text } = await run(process.argv.slice(2));
(status === 0 ? process.stdout : process.stderr).write(`${text}\n`);
process.exitCode = status;
