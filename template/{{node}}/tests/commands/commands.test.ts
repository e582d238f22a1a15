/** Commands: what they do, and the one line that says why they cannot. */

import { beforeEach, describe, expect, vi } from 'vitest';

import * as accounts from '../../src/commands/accounts.ts';
import { CommandError } from '../../src/commands/command.ts';
import { type Outcome, PROGRAM, run } from '../../src/commands/program.ts';
import * as terminal from '../../src/commands/terminal.ts';
import { ConfigurationError, getSettings } from '../../src/lib/config.ts';
import type { Database } from '../../src/lib/db.ts';
import { ApiError } from '../../src/lib/errors.ts';
import { getAccount } from '../../src/services/accounts.ts';
import { findUserId, ROLES } from '../../src/services/roles.ts';
import { logIn } from '../support/log-in.ts';
import { PASSWORD } from '../support/people.ts';
import { EMAIL, registered } from '../support/steps.ts';
import { test } from '../support/test.ts';

vi.mock(import('../../src/commands/terminal.ts'), { spy: true });
vi.mock(import('../../src/lib/config.ts'), { spy: true });
beforeEach(() => void vi.resetAllMocks());

const failed = (text: string): Outcome => ({ status: 1, text });
const done = (text: string): Outcome => ({ status: 0, text });

async function rolesOf(database: Database): Promise<unknown> {
  return database.read(async (session) => {
    const userId = await findUserId(session, EMAIL);
    return (await getAccount(session, userId ?? ''))['roles'];
  });
}

describe('grant', () => {
  test('gives a role once, and takes it', async ({ client }) => {
    await registered(client);
    const name = EMAIL.toUpperCase();
    const said = [];
    for (const flags of [[], [], ['--revoke'], ['--revoke']]) {
      said.push(await run(['grant', name, 'admin', ...flags]));
    }
    expect(said).toEqual([
      done(`${name} now has the role admin.`),
      done(`${name} already has the role admin.`),
      done(`${name} no longer has the role admin.`),
      done(`${name} does not have the role admin.`),
    ]);
  });

  test('is in force at once', async ({ client, database }) => {
    await registered(client);
    await run(['grant', EMAIL, 'admin']);
    expect(await rolesOf(database)).toEqual(['admin']);
  });

  test('names the roles that there are', async () => {
    const roles = [...ROLES].toSorted().join(', ');
    const said = await run(['grant', EMAIL, 'wizard']);
    expect(said).toEqual(failed(`There is no role 'wizard', only ${roles}.`));
  });

  test('needs an account', async () => {
    const said = await run(['grant', EMAIL, 'admin']);
    expect(said).toEqual(failed(`There is no account with the address '${EMAIL}'.`));
  });
});

describe('admin', () => {
  test('makes an account with the password from standard input', async ({ client, database }) => {
    vi.mocked(terminal.readLine).mockResolvedValue(PASSWORD);
    const said = await run(['admin', EMAIL, '--password-stdin']);
    expect(said).toEqual(done(`${EMAIL} is an administrator.`));
    expect(await rolesOf(database)).toEqual(['admin']);
    expect((await logIn(client)).status).toBe(200);
  });

  test('leaves the password of an account that is there', async ({ client, database }) => {
    await registered(client);
    const said = await run(['admin', EMAIL]);
    expect(said).toEqual(done(`${EMAIL} is an administrator; the password is as it was.`));
    expect(await rolesOf(database)).toEqual(['admin']);
  });

  test('asks for the password twice', async ({ database }) => {
    vi.mocked(terminal.isInteractive).mockReturnValue(true);
    const asked = vi.mocked(terminal.askSecretly);
    for (const typed of [PASSWORD, `${PASSWORD}!`, PASSWORD, PASSWORD]) {
      asked.mockResolvedValueOnce(typed);
    }
    expect(await run(['admin', EMAIL])).toEqual(failed('The two passwords differ.'));
    expect((await run(['admin', EMAIL])).status).toBe(0);
    expect(await rolesOf(database)).toEqual(['admin']);
  });

  test('says what to do without a terminal', async () => {
    vi.mocked(terminal.isInteractive).mockReturnValue(false);
    expect((await run(['admin', EMAIL])).text).toContain('--password-stdin');
  });

  test('names each fault', async () => {
    vi.mocked(terminal.readLine).mockResolvedValue('short');
    const faults = ['email: This must be an e-mail address.'];
    faults.push('password: This must have at least 12 characters.');
    const said = await run(['admin', 'nobody', '--password-stdin']);
    expect(said).toEqual(failed(faults.join(' ')));
  });
});

test('prune counts', async () => {
  expect(await run(['prune'])).toEqual(done('0 expired rows deleted.'));
});

test('openapi prints the document', async () => {
  const { status, text } = await run(['openapi']);
  expect([status, JSON.parse(text)]).toEqual([0, expect.objectContaining({ openapi: '3.1.0' })]);
});

test('--help names the commands', async () => {
  const { status, text } = await run(['--help']);
  expect(status).toBe(0);
  for (const name of ['grant EMAIL ROLE', '--revoke', 'admin EMAIL', 'prune', 'openapi']) {
    expect(text).toContain(name);
  }
});

test.for([
  [[], 'a command is missing'],
  [['grnt'], 'there is no command grnt'],
  [['constructor'], 'there is no command constructor'],
  [['grant', EMAIL], 'it takes email and role'],
  [['prune', 'all'], 'it takes nothing more'],
  [['prune', '--all'], "Unknown option '--all'"],
] as const)('a mistyped command is 2 and one line: %j', async ([words, problem]) => {
  const text = `${PROGRAM}: ${problem}; --help tells more.`;
  expect(await run(words)).toEqual({ status: 2, text });
});

describe('what goes wrong is one line:', () => {
  test('an incomplete environment', async () => {
    vi.mocked(getSettings).mockImplementation(() => {
      throw new ConfigurationError('The environment is not complete: SECRET_KEY');
    });
    expect(await run(['prune'])).toEqual(failed('The environment is not complete: SECRET_KEY'));
  });

  test.for([
    [new CommandError('It cannot.'), 'It cannot.'],
    [new ApiError('CONFLICT'), 'The request conflicts with what is stored.'],
    [new ApiError('SERVICE_UNAVAILABLE'), 'The database cannot be used: is it there?'],
    [
      new Error('Failed query', { cause: Object.assign(new Error('no table\n…'), { code: 'X' }) }),
      'The database cannot be used: no table',
    ],
  ] as const)('%s', async ([error, text]) => {
    vi.spyOn(accounts.prune, 'run').mockRejectedValueOnce(error);
    expect(await run(['prune'])).toEqual(failed(text));
  });

  test('but not a mistake of ours', async () => {
    vi.spyOn(accounts.prune, 'run').mockRejectedValueOnce(new TypeError('a mistake'));
    await expect(run(['prune'])).rejects.toThrow('a mistake');
  });
});
