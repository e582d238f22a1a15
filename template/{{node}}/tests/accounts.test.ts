/** Accounts: registering, reading and changing one's own. */

import { describe, expect } from 'vitest';

import { jsonName } from '../src/lib/contract/casing.ts';
import { Account } from '../src/schemas/account.ts';
import { body, code, faults, faulty, member, refusal } from './support/answers.ts';
import { PASSWORD } from './support/people.ts';
import { changePassword, EMAIL, ME, post, registered } from './support/steps.ts';
import { test } from './support/test.ts';

const COMBINING = 'e\u0301'; // an e with an acute accent, in two code points
const JSON_TYPE = { 'Content-Type': 'application/json' };

describe('register', () => {
  test('201 and the account', async ({ client }) => {
    const members = { email: EMAIL, password: PASSWORD, name: 'Ada' };
    const answer = await post(client, 'register', members);
    expect(answer.status).toBe(201);
    expect(Object.keys(body(answer))).toEqual(Account.attributes.map(jsonName));
    const expected = { email: EMAIL, name: 'Ada', roles: [], emailVerified: false, version: 1 };
    for (const [name, value] of Object.entries(expected)) {
      expect(member(answer, name)).toEqual(value);
    }
  });

  test('needs no name', async ({ client }) => {
    expect(member(await registered(client), 'name')).toBeNull();
  });

  test('keeps the address in lower case', async ({ client }) => {
    expect(member(await registered(client, 'Ada@Example.COM'), 'email')).toBe(EMAIL);
  });

  test('409 for a taken address in any case', async ({ client }) => {
    await registered(client);
    const answer = await registered(client, EMAIL.toUpperCase());
    expect(code(answer)).toBe('CONFLICT');
    expect(faulty(answer)).toEqual([409, 'email']);
  });

  test.for([
    [{ email: 'nobody' }, 'email'],
    [{ email: null }, 'email'],
    [{ password: 'x'.repeat(11) }, 'password'],
    [{ password: 'x'.repeat(129) }, 'password'],
    [{ password: `${'x'.repeat(12)}\0` }, 'password'],
    [{ password: COMBINING.repeat(11) }, 'password'],
    [{ password: 123_456_789_012 }, 'password'],
    [{ name: '' }, 'name'],
    [{ name: 'x'.repeat(121) }, 'name'],
    [{ version: 1 }, 'version'],
    [{ role: 'admin' }, 'role'],
  ] as const)('422 for a faulty member: %j', async ([members, field], { client }) => {
    const answer = await post(client, 'register', { email: EMAIL, password: PASSWORD, ...members });
    expect(faulty(answer)).toEqual([422, field]);
  });

  test('422 that names each missing member', async ({ client }) => {
    expect(faulty(await post(client, 'register'))).toEqual([422, 'email', 'password']);
  });

  test.for(['x'.repeat(12), 'x'.repeat(128), COMBINING.repeat(128), '😀'.repeat(128)])(
    'the length of a password counts after normalisation: %s',
    async (password, { client }) => {
      expect((await post(client, 'register', { email: EMAIL, password })).status).toBe(201);
    },
  );

  test('400 for what is no JSON', async ({ client }) => {
    const content = { body: '{', headers: JSON_TYPE };
    const answer = await client.request('POST', '/api/v1/auth/register', content);
    expect(refusal(answer)).toEqual([400, 'MALFORMED_JSON']);
  });

  test('415 for another media type', async ({ client }) => {
    const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
    const content = { body: 'email=a', headers };
    const answer = await client.request('POST', '/api/v1/auth/register', content);
    expect(refusal(answer)).toEqual([415, 'UNSUPPORTED_MEDIA_TYPE']);
  });
});

describe('me', () => {
  test('is the account of the caller', async ({ signUp }) => {
    for (const roles of [[], ['admin']]) {
      const person = await signUp(...roles);
      const answer = await person.client.get(ME);
      expect(answer.status).toBe(200);
      expect([member(answer, 'id'), member(answer, 'roles')]).toEqual([person.id, roles]);
    }
  });

  test.for([
    ['GET', 'me'],
    ['PATCH', 'me'],
    ['DELETE', 'me'],
    ['POST', 'password'],
    ['POST', 'email'],
  ] as const)('401 for nobody: %s %s', async ([method, path], { client }) => {
    const content = method === 'GET' ? {} : { json: {} };
    const answer = await client.request(method, `/api/v1/auth/${path}`, content);
    expect(refusal(answer)).toEqual([401, 'UNAUTHENTICATED']);
    expect(answer.headers.get('WWW-Authenticate')).toBe('Bearer');
  });

  test('400 for an unknown parameter', async ({ signUp }) => {
    const { client } = await signUp();
    expect(faulty(await client.get(`${ME}?x=1`))).toEqual([400, 'x']);
  });

  test('PATCH changes the name and raises the version', async ({ signUp }) => {
    const { client } = await signUp();
    const answer = await client.patch(ME, { name: 'Ada' });
    expect([answer.status, member(answer, 'name'), member(answer, 'version')]).toEqual([
      200,
      'Ada',
      2,
    ]);
    expect((await client.get(ME)).text).toBe(answer.text);
  });

  test('PATCH that changes nothing leaves the account', async ({ signUp }) => {
    const { client } = await signUp();
    const before = await client.get(ME);
    for (const changes of [{}, { name: null }]) {
      expect((await client.patch(ME, changes)).text).toBe(before.text);
    }
  });

  test('PATCH with null takes the name away', async ({ signUp }) => {
    const { client } = await signUp();
    const names = [];
    for (const name of ['Ada', null]) {
      names.push(member(await client.patch(ME, { name }), 'name'));
    }
    expect(names).toEqual(['Ada', null]);
  });

  test('PATCH takes a merge patch', async ({ signUp }) => {
    const { client } = await signUp();
    const headers = { 'Content-Type': 'application/merge-patch+json' };
    const answer = await client.patch(ME, { name: 'Ada' }, headers);
    expect([answer.status, member(answer, 'name')]).toEqual([200, 'Ada']);
  });

  test.for(['email', 'roles', 'version', 'emailVerified'])(
    'PATCH is 422 for any other member: %s',
    async (name, { signUp }) => {
      const { client } = await signUp();
      expect(faulty(await client.patch(ME, { [jsonName(name)]: 1 }))).toEqual([
        422,
        jsonName(name),
      ]);
    },
  );
});

describe('a new password', () => {
  test('204 and ends every log-in of the account', async ({ signUp }) => {
    const [person, other] = [await signUp(), await signUp()];
    const answer = await changePassword(person.client, PASSWORD, `another ${PASSWORD}`);
    expect([answer.status, answer.text]).toEqual([204, '']);
    expect((await person.client.get(ME)).status).toBe(401);
    expect((await other.client.get(ME)).status).toBe(200);
  });

  test('422 for a wrong present one, which changes nothing', async ({ signUp }) => {
    const { client } = await signUp();
    const answer = await changePassword(client, 'wrong', `another ${PASSWORD}`);
    expect(answer.status).toBe(422);
    expect(faults(answer)).toEqual({ [jsonName('currentPassword')]: 'This is not your password.' });
    expect((await changePassword(client, PASSWORD, `another ${PASSWORD}`)).status).toBe(204);
  });

  test('422 for a short one', async ({ signUp }) => {
    const { client } = await signUp();
    const answer = await changePassword(client, PASSWORD, 'short');
    expect(faulty(answer)).toEqual([422, jsonName('newPassword')]);
  });
});

test.for(['me', 'register'])(
  'answers under auth are stored nowhere: %s',
  async (path, { client }) => {
    const answer = await client.get(`/api/v1/auth/${path}`);
    expect(answer.headers.get('Cache-Control')).toBe('no-store');
  },
);
