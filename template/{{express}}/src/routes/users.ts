/** The endpoints of administration: who has which role. */

import { ApiRouter } from '../http/api-router.ts';
import * as describe from '../lib/contract/describe/index.ts';
import { type Answer, noContent } from '../lib/http/answers.ts';
import type { Call } from '../lib/http/call.ts';
import { setRole } from '../services/roles.ts';

export const router = new ApiRouter(
  '/users',
  'users',
  'The endpoints of administration: who has which role.',
);

const DESCRIBED = describe.endpoint(204, {
  needsAccount: true,
  parameters: [describe.ROW_ID, describe.pathParameter('role', 'The name of a role.')],
  codes: ['FORBIDDEN', 'NOT_FOUND'],
});

router.put(
  '/:id/roles/:role',
  'grant_role',
  DESCRIBED,
  'Give an account a role; open to the role `admin`.',
  (call) => set(call, true),
);

router.delete(
  '/:id/roles/:role',
  'revoke_role',
  DESCRIBED,
  'Take a role from an account; open to the role `admin`.',
  (call) => set(call, false),
);

async function set(call: Call, granted: boolean): Promise<Answer> {
  const caller = await call.administrator();
  call.noQuery();
  const [id, role] = [call.rowId(), call.parameter('role')];
  await call.writing((session) => setRole(session, caller, id, role, granted));
  return noContent();
}
