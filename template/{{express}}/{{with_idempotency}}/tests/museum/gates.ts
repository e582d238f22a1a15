/** Endpoints that fail as a test wants. */

import { ApiRouter } from '../../src/http/api-router.ts';
import { type Answer, json, noContent } from '../../src/lib/http/answers.ts';
import { once } from '../../src/lib/http/idempotency.ts';
import { ROOMS } from './rules.ts';
import { RoomCreate } from './schemas.ts';

export const GATES = '/api/v1/gates';
export const OPEN_GATES = '/api/v1/open-gates';

/** Returns routers of endpoints that make rooms; the next requests end with `outcomes`. */
export function gates(outcomes: (Error | Answer)[]): ApiRouter[] {
  const router = new ApiRouter('/gates', 'gates', 'Where requests end.');
  router.post('', 'pass', {}, 'Make a room.', async (call) => {
    const caller = await call.user();
    const body = await call.json();
    const request = { caller, body, policy: ROOMS.policy, schema: RoomCreate };
    return once(call, request, async (session) => {
      const made = await ROOMS.create(session, caller, RoomCreate.parse(body));
      const outcome = outcomes.shift();
      if (outcome instanceof Error) throw outcome;
      return outcome ?? json(made, 201);
    });
  });
  const open = new ApiRouter('/open-gates', 'open_gates', 'Where nobody is asked who he is.');
  open.post('', 'enter', {}, 'Enter.', async (call) => {
    const body = await call.json();
    const request = { caller: null, body, policy: ROOMS.policy, schema: RoomCreate };
    return once(call, request, async () => noContent());
  });
  return [router, open];
}
