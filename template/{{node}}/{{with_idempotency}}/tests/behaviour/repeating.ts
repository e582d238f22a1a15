/** What sending a create again keeps: one row, and one answer. */

import { uuidv7 } from 'uuidv7';
import { describe, expect } from 'vitest';

import { jsonName } from '../../src/lib/contract/casing.ts';
import type { Row } from '../../src/lib/contract/pages.ts';
import { ROLES } from '../../src/services/roles.ts';
import { code, refusal } from '../support/answers.ts';
import type { Answer, Client } from '../support/clients.ts';
import type { Factory } from '../support/factory.ts';
import { test as ofService } from '../support/test.ts';

const RACERS = 20;

/** Holds creates that are sent again to what is promised of any. */
export function describeRepeating(factory: Factory, test = ofService): void {
  async function send(client: Client, body: Row, key = 'a-key'): Promise<Answer> {
    return client.post(factory.path, body, { 'Idempotency-Key': key });
  }

  describe('a create that is sent again', () => {
    test('201 with the same answer, byte by byte, and one row', async ({ stage }) => {
      const actor = await stage.actor();
      const body = await stage.body(factory, actor);
      const first = await send(actor.client, body);
      const reordered = Object.fromEntries(Object.entries(body).toReversed());
      const again = await send(actor.client, reordered);
      expect([first.status, again.status], again.text).toEqual([201, 201]);
      expect(again.text).toBe(first.text);
      const replayed = [first, again].map(({ headers }) => headers.get('idempotency-replayed'));
      expect(replayed).toEqual([null, 'true']);
      for (const name of ['location', 'etag', 'content-type']) {
        expect(again.headers.get(name)).toBe(first.headers.get(name));
      }
      expect(await stage.rows(factory)).toHaveLength(1);
    });

    test('by many at once makes one row; 409 for who comes meanwhile', async ({ stage }) => {
      const actor = await stage.actor();
      const body = await stage.body(factory, actor);
      const sent = Array.from({ length: RACERS }, async () => send(actor.client, body));
      const found = await Promise.all(sent);
      const made = found.filter(({ status }) => status === 201);
      const waiting = found.filter(({ status }) => status === 409);
      expect(made.length + waiting.length).toBe(RACERS);
      expect(new Set(made.map(({ text }) => text)).size).toBe(1);
      expect(await stage.rows(factory)).toHaveLength(1);
      expect(waiting.every(({ headers }) => headers.get('retry-after') === '1')).toBe(true);
    });

    test('422 with another body', async ({ stage }) => {
      const actor = await stage.actor();
      const body = await stage.body(factory, actor);
      expect((await send(actor.client, body)).status).toBe(201);
      const answer = await send(actor.client, { ...body, another: 1 });
      expect(refusal(answer)).toEqual([422, 'IDEMPOTENCY_KEY_REUSED']);
    });

    test('is the first one where what came before failed', async ({ stage }) => {
      const actor = await stage.actor();
      const body = await stage.body(factory, actor);
      const lost: Row = Object.keys(factory.relations).length > 0 ? {} : { x: 1 };
      for (const name of Object.keys(factory.relations)) lost[jsonName(name)] = uuidv7();
      for (const invalid of [{ nonsense: 1 }, lost]) {
        const answer = await send(actor.client, { ...body, ...invalid });
        expect(refusal(answer)).toEqual([422, 'VALIDATION_ERROR']);
      }
      expect((await send(actor.client, body)).status).toBe(201);
    });

    test("201 with somebody else's key", async ({ stage }) => {
      const [actor, other] = [await stage.actor(), await stage.signUp(...ROLES)];
      for (const person of [actor, other]) {
        const answer = await send(person.client, await stage.body(factory, person));
        expect(answer.status, answer.text).toBe(201);
      }
      expect(await stage.rows(factory)).toHaveLength(2);
    });

    test.for(['', 'with space', 'x'.repeat(256), 'ä', 'a\tb'])(
      '400 for the malformed key %j',
      async (key, { stage }) => {
        const actor = await stage.actor();
        const answer = await send(actor.client, await stage.body(factory, actor), key);
        expect([answer.status, code(answer)]).toEqual([400, 'INVALID_PARAMETER']);
        expect(answer.text).toContain('Idempotency-Key');
        expect(await stage.rows(factory)).toEqual([]);
      },
    );
  });
}
