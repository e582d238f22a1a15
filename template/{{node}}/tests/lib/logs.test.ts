import { describe, expect, test } from 'vitest';

import { inContext } from '../../src/lib/context.ts';
import { logger } from '../../src/lib/logs.ts';
import { REDACTED, redactMembers, redactText } from '../../src/lib/redaction.ts';
import { captureLog } from '../support/log.ts';

const JWT = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl';

describe('a line', () => {
  test('is JSON with all that is known', () => {
    const lines = captureLog();
    const moment: unknown = expect.stringMatching(/Z$/u);
    logger('test').warn({ row: 1 }, '%s went wrong', 'it');
    expect(lines).toEqual([
      {
        level: 'warning',
        logger: 'test',
        event: 'it went wrong',
        row: 1,
        timestamp: moment,
      },
    ]);
  });

  test('names the request that it belongs to', () => {
    const lines = captureLog();
    const context = {
      requestId: 'one',
      client: '192.0.2.1',
      callerId: 'ada',
      deadline: new AbortController().signal,
      secondsLeft: () => 1,
      extendDeadline: () => undefined,
    };
    inContext(context, () => logger('test').info('hello'));
    expect(lines[0]).toMatchObject({ request_id: 'one', client: '192.0.2.1', caller: 'ada' });
  });

  test('holds no secret of an exception', () => {
    const lines = captureLog();
    const cause = `postgresql://app:swordfish@db/app refused Bearer ${JWT}`;
    logger('test').error({ exception: new Error('outer', { cause }) }, `failed with ${JWT}`);
    logger('test').error({ exception: cause });
    expect(String(lines[0]?.['exception'])).toContain('Error: outer');
    expect(JSON.stringify(lines)).not.toMatch(/swordfish|eyJ/u);
  });

  test('of a silenced logger is not written, unless it has a level of its own', () => {
    const lines = captureLog();
    logger('quiet', 'error').info('nothing');
    logger('loud', 'info').info('something');
    expect(lines.map(({ event }) => event)).toEqual(['something']);
  });
});

describe('redaction', () => {
  test.each([
    'password',
    'current_password',
    'newPassword',
    'refresh_token',
    'accessToken',
    'token',
    'Authorization',
    'Cookie',
    'set-cookie',
    'X-API-Key',
    'api_key',
    'apiKey',
    'key',
    'secret_key',
    'SMTP_PASSWORD',
    'csrf_token',
    'credentials',
  ])('knows secrets by their names: %s', (name) => {
    const members = { rows: [{ [name]: 'swordfish' }], about: { [name]: { a: 'b' } }, kept: 1 };
    expect(redactMembers(members)).toEqual({
      rows: [{ [name]: REDACTED }],
      about: { [name]: REDACTED },
      kept: 1,
    });
  });

  test.each(['monkey', 'keyboard', 'status', 'request_id', 'passage'])('keeps %s', (name) => {
    expect(redactMembers({ [name]: null })).toEqual({ [name]: null });
  });

  test.each([
    [`got ${JWT}.`, `got ${REDACTED}.`],
    ['Authorization: Bearer abc.def', `Authorization: Bearer ${REDACTED}`],
    ['redis://:pw@host/0', `redis://:${REDACTED}@host/0`],
    ['https://example.com/a@b', 'https://example.com/a@b'],
  ])('of texts: %s', (text, expected) => {
    expect(redactText(text)).toBe(expected);
  });
});
