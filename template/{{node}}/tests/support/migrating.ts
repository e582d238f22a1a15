import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Bring the database at `url` up to the newest migration, as `make migrate` does. */
export async function migrate(url: string): Promise<void> {
  const env = { ...process.env, DATABASE_URL: url };
  await run(process.execPath, ['tools/migrate.ts', 'up'], { env });
}
