/** The strategy `jwt`: an access token in `Authorization: Bearer`. */

import { and, eq, gt, isNull, lte, notExists, sql } from 'drizzle-orm';

import { refreshTokens, tokenFamilies } from '../../tables/token.ts';
import { userRoles } from '../../tables/user.ts';
import { now } from '../contract/fields/times.ts';
import type { Session } from '../db.ts';
import { ApiError } from '../errors.ts';
import { compile } from '../statement.ts';
import { readAccessToken } from './access-tokens.ts';
import type { Caller } from './caller.ts';
import type { Credentials, Strategy } from './strategy.ts';

// One row a role, one with null for an account without any, none where the family is dead.
const LIVING = and(
  eq(tokenFamilies.id, sql.placeholder('familyId')),
  eq(tokenFamilies.userId, sql.placeholder('userId')),
  isNull(tokenFamilies.revokedAt),
);
const ROLES = compile(
  sql`select ${userRoles.role} from ${tokenFamilies}
    left join ${userRoles} on ${eq(userRoles.userId, tokenFamilies.userId)} where ${LIVING}`,
  [userRoles.role],
);

export const jwt: Strategy = { authenticate, endLogIns, prune };

/** Returns whom the access token names, with the roles that he has now. */
async function authenticate(request: Credentials, session: Session): Promise<Caller | null> {
  const text = accessTokenIn(request.header('authorization') ?? '');
  if (text === null) {
    return null;
  }
  const { userId, familyId } = await readAccessToken(text);
  const rows = await session.rows(ROLES, { userId, familyId });
  if (rows.length === 0) {
    throw new ApiError('UNAUTHENTICATED');
  }
  const roles = rows.flatMap(([role]) => (typeof role === 'string' ? role : []));
  return { userId, roles: new Set(roles), scopes: null, strategy: 'jwt', sessionId: familyId };
}

function accessTokenIn(header: string): string | null {
  const [, token] = /^\s*bearer +(.*?)\s*$/i.exec(header) ?? [];
  return token !== undefined && token.split('.').length === 3 ? token : null;
}

/** Ends every token family of an account, and with it the access tokens. */
async function endLogIns(session: Session, userId: string): Promise<void> {
  const living = and(eq(tokenFamilies.userId, userId), isNull(tokenFamilies.revokedAt));
  const moment = now();
  const ended = session.db.update(tokenFamilies).set({ revokedAt: moment, updatedAt: moment });
  await session.changed(ended.where(living));
}

/** Deletes expired refresh tokens, and the families that have no other; returns how many. */
async function prune(session: Session): Promise<number> {
  const moment = now();
  const expired = session.db.delete(refreshTokens).where(lte(refreshTokens.expiresAt, moment));
  const tokens = await session.changed(expired);
  const living = session.db
    .select({ one: sql`1` })
    .from(refreshTokens)
    .where(and(eq(refreshTokens.familyId, tokenFamilies.id), gt(refreshTokens.expiresAt, moment)));
  return (
    tokens + (await session.changed(session.db.delete(tokenFamilies).where(notExists(living))))
  );
}
