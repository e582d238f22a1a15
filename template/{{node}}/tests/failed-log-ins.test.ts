/** Guessing passwords: refused from where many failed, slowed from everywhere. */

import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';

import { afterAll, beforeAll, beforeEach, describe, expect, vi } from 'vitest';

import * as passwords from '../src/lib/auth/passwords.ts';
import { jsonNames } from '../src/lib/contract/casing.ts';
import { inContext } from '../src/lib/context.ts';
import { createCounters } from '../src/lib/counters.ts';
import { getSettings } from '../src/lib/config.ts';
import { ApiError } from '../src/lib/errors.ts';
import { getOutbox } from '../src/lib/mail/outbox.ts';
import { LIMITS, LogInAttempts } from '../src/services/log-in-attempts.ts';
import { code, refusal } from './support/answers.ts';
import type { Answer } from './support/clients.ts';
import { Client } from './support/clients.ts';
import { logIn } from './support/log-in.ts';
import { PASSWORD, type Person } from './support/people.ts';
import { post } from './support/steps.ts';
import { type Serving, serving } from './support/serving.ts';
import { test as base } from './support/test.ts';

vi.mock(import('node:timers/promises'), { spy: true });
vi.mock(import('../src/lib/auth/passwords.ts'), { spy: true });

const USUAL = { ...LIMITS };
const WRONG = 'wrong';

/** A client that calls from where nobody has called from before, until it moves. */
class Guesser extends Client {
  move(): void {
    const network = `${randomBytes(2).toString('hex')}:${randomBytes(2).toString('hex')}`;
    this.headers['X-Forwarded-For'] = `2001:db8:${network}::`;
  }
}

let guarded: Serving;
beforeAll(async () => {
  const variables = { TRUSTED_PROXIES: '127.0.0.1/32', AUTH_RATE_LIMIT: '1000/second' };
  guarded = await serving(variables);
});
afterAll(async () => guarded[Symbol.asyncDispose]());
beforeEach(() => {
  Object.assign(LIMITS, USUAL);
  vi.mocked(pause).mockReset();
});

const test = base.extend('guesser', async () => {
  const guesser = new Guesser(guarded.url);
  guesser.move();
  return guesser;
});

function newAddress(): string {
  return `${randomBytes(8).toString('hex')}@example.com`;
}

async function newAccount(client: Client): Promise<string> {
  const email = newAddress();
  await post(client, 'register', { email, password: PASSWORD });
  await getOutbox().flush(); // whose pauses are not those of log-ins
  return email;
}

async function addressOf(client: Client, isKnown: boolean): Promise<string> {
  return isKnown ? newAccount(client) : newAddress();
}

async function statusOf(client: Client, email: string, password = WRONG): Promise<number> {
  return (await logIn(client, email, password)).status;
}

describe('log-ins from one client', () => {
  test.for([true, false])(
    '429 after many failed at an account, known %s',
    async (isKnown, { guesser }) => {
      const [email, other] = [await addressOf(guesser, isKnown), await newAccount(guesser)];
      for (let time = 0; time < LIMITS.perAccount; time += 1) {
        expect(code(await logIn(guesser, email, WRONG))).toBe('INVALID_CREDENTIALS');
      }
      const judged = vi.mocked(passwords.verifyPassword).mockClear();
      const refused = await logIn(guesser, email);
      expect(refusal(refused)).toEqual([429, 'RATE_LIMITED']);
      expect(code(await logIn(guesser, email.toUpperCase()))).toBe('RATE_LIMITED');
      expect(judged).not.toHaveBeenCalled();
      const seconds = Number(refused.headers.get('Retry-After'));
      expect(seconds).toBeGreaterThan(0);
      expect(seconds).toBeLessThanOrEqual(LIMITS.windowSeconds);
      expect(await statusOf(guesser, other, PASSWORD)).toBe(200);
      guesser.move();
      expect(await statusOf(guesser, email, PASSWORD)).toBe(isKnown ? 200 : 401);
    },
  );

  test('429 after many failed at any accounts', async ({ guesser }) => {
    LIMITS.perClient = 3;
    const email = await newAccount(guesser);
    for (let time = 0; time < 3; time += 1) {
      expect(await statusOf(guesser, newAddress())).toBe(401);
    }
    expect(await statusOf(guesser, email, PASSWORD)).toBe(429);
    guesser.move();
    expect(await statusOf(guesser, email, PASSWORD)).toBe(200);
  });

  test('what is refused at one account does not count for others', async ({ guesser }) => {
    Object.assign(LIMITS, { perClient: 3, perAccount: 2 });
    const [email, other] = [newAddress(), await newAccount(guesser)];
    const statuses = [];
    for (let time = 0; time < 6; time += 1) {
      statuses.push(await statusOf(guesser, email));
    }
    expect(statuses).toEqual([401, 401, 429, 429, 429, 429]);
    expect(await statusOf(guesser, other, PASSWORD)).toBe(200);
  });

  test('a log-in forgives what failed at the account, and does not count', async ({ guesser }) => {
    Object.assign(LIMITS, { perClient: 4, perAccount: 3 });
    const email = await newAccount(guesser);
    const statuses = [];
    for (const password of ['a', 'b', PASSWORD, PASSWORD, 'c', PASSWORD, 'd', PASSWORD]) {
      statuses.push(await statusOf(guesser, email, password));
    }
    expect(statuses).toEqual([401, 401, 200, 200, 401, 200, 401, 429]);
  });

  test('of many guesses at once no more are judged', async ({ guesser }) => {
    const email = await newAccount(guesser);
    const guesses = Array.from({ length: 2 * LIMITS.perAccount }, async () =>
      statusOf(guesser, email),
    );
    const statuses = (await Promise.all(guesses)).toSorted((a, b) => a - b);
    expect(statuses).toEqual([...Array<number>(10).fill(401), ...Array<number>(10).fill(429)]);
  });

  test('nothing is counted without a limit', async ({ client }) => {
    LIMITS.perAccount = 1;
    const email = newAddress();
    for (let time = 0; time < 3; time += 1) {
      expect(await statusOf(client, email)).toBe(401);
    }
  });
});

describe('the password of who is logged in', () => {
  const WAYS = [
    ['POST', 'password', 'currentPassword', { newPassword: `another ${PASSWORD}` }],
    ['POST', 'email', 'password', { email: 'other@example.com' }],
    ['DELETE', 'me', 'password', {}],
  ] as const;

  async function confirm(
    { client }: Person,
    guesser: Guesser,
    [method, path, name, members]: (typeof WAYS)[number],
    password: string,
  ): Promise<Answer> {
    const json = jsonNames({ [name]: password, ...members });
    return guesser.request(method, `/api/v1/auth/${path}`, { json, headers: client.headers });
  }

  test.for(WAYS)('where it is wrong, a log-in failed: %s %s', async (way, { guesser, signUp }) => {
    LIMITS.perAccount = 2;
    const person = await signUp();
    for (let time = 0; time < 2; time += 1) {
      expect((await confirm(person, guesser, way, WRONG)).status).toBe(422);
    }
    const refused = await confirm(person, guesser, way, PASSWORD);
    expect(refusal(refused)).toEqual([429, 'RATE_LIMITED']);
    expect(Number(refused.headers.get('Retry-After'))).toBeGreaterThan(0);
    expect(await statusOf(guesser, person.email, PASSWORD)).toBe(429);
    guesser.move();
    expect((await confirm(person, guesser, way, PASSWORD)).status).toBeLessThan(300);
  });

  test('forgives where it is right', async ({ guesser, signUp }) => {
    LIMITS.perAccount = 2;
    const person = await signUp();
    const statuses = [];
    for (const password of [WRONG, PASSWORD, WRONG, PASSWORD]) {
      statuses.push((await confirm(person, guesser, WAYS[1], password)).status);
    }
    expect(statuses).toEqual([422, 202, 422, 202]);
  });
});

/** How many seconds log-ins were made to wait, which they do not do here. */
function waits(): number[] {
  const waited: number[] = [];
  vi.mocked(pause).mockImplementation(async (milliseconds = 0) => {
    waited.push(milliseconds / 1000);
  });
  return waited;
}

async function refuse(): Promise<never> {
  throw new ApiError('INVALID_CREDENTIALS');
}

describe('log-ins from everywhere', () => {
  test.for([true, false])(
    'are slowed and never refused, known %s',
    async (isKnown, { guesser }) => {
      const email = await addressOf(guesser, isKnown);
      const waited = waits();
      for (let time = 0; time < LIMITS.perAccount + 3; time += 1) {
        expect(await statusOf(guesser, email)).toBe(401);
        guesser.move();
      }
      expect(await statusOf(guesser, email, PASSWORD)).toBe(isKnown ? 200 : 401);
      const latest = waited.slice(-4).map((seconds) => seconds.toFixed(1)); // mail waits, too
      expect(latest).toEqual(['0.1', '0.2', '0.3', '0.4']);
    },
  );

  test('wait two seconds at most, and half of what is left', async () => {
    const [counters, waited, email] = [createCounters(getSettings()), waits(), newAddress()];
    const attempt = async () => {
      const client = randomBytes(8).toString('hex');
      const refused = new LogInAttempts(counters, client).judge(email, refuse);
      await expect(refused).rejects.toThrow(ApiError);
    };
    for (let time = 0; time < LIMITS.perAccount + 30; time += 1) {
      await attempt();
    }
    expect(Math.max(...waited)).toBe(2);
    const context = { requestId: null, client: null, callerId: null };
    const deadline = AbortSignal.timeout(1000);
    const left = { deadline, secondsLeft: () => 1, extendDeadline: () => undefined };
    await inContext({ ...context, ...left }, attempt);
    expect(waited.at(-1)).toBe(0.5);
    await counters.close();
  });

  test('hold no connection while they wait', async ({ signUp }) => {
    const person = await signUp();
    const [waiting, over] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    vi.mocked(pause).mockImplementationOnce(async () => {
      waiting.resolve();
      await over.promise;
    });
    const variables = { AUTH_RATE_LIMIT: '1000/second', DATABASE_POOL_SIZE: '1' };
    await using small = await serving(variables);
    const slowed = logIn(new Client(small.url), person.email);
    await waiting.promise;
    const me = await new Client(small.url, person.client.headers).get('/api/v1/auth/me');
    expect(me.status).toBe(200);
    over.resolve();
    expect((await slowed).status).toBe(200);
  });

  test('do not wait where all succeed', async ({ guesser }) => {
    LIMITS.perAccount = 1;
    const email = await newAccount(guesser);
    const waited = waits();
    for (let time = 0; time < 3; time += 1) {
      expect(await statusOf(guesser, email, PASSWORD)).toBe(200);
    }
    expect(waited.filter((seconds) => seconds > 0)).toEqual([]);
  });

  test('do not count where nobody judged them', async () => {
    LIMITS.perAccount = 1;
    const [counters, email] = [createCounters(getSettings()), newAddress()];
    for (const error of [new ApiError('SERVICE_UNAVAILABLE'), new TypeError('a mistake')]) {
      const failing = new LogInAttempts(counters, 'here').judge(email, async () => {
        throw error;
      });
      await expect(failing).rejects.toBe(error);
    }
    const attempts = new LogInAttempts(counters, 'here');
    expect(await attempts.judge(email, async () => 'judged')).toBe('judged');
    await counters.close();
  });
});
