/**
 * Log-ins by token: each refresh token is good once, and whoever uses one again ends its family.
 *
 * The token that answers a refresh is the successor of the one given. Within a grace period a token
 * may be used again while no successor was: for clients that missed an answer. Then it has several
 * successors, of which one can be used.
 */

import { createHash, randomBytes } from 'node:crypto';

import { and, eq, isNull, type SQL } from 'drizzle-orm';
import { uuidv7 } from 'uuidv7';

import { record, type Event } from '../lib/audit.ts';
import { writeAccessToken } from '../lib/auth/access-tokens.ts';
import { getSettings } from '../lib/config.ts';
import { momentIn, now, stamps } from '../lib/contract/fields/times.ts';
import type { Row } from '../lib/contract/pages.ts';
import type { Database, Session } from '../lib/db.ts';
import { ApiError } from '../lib/errors.ts';
import { forNoKeyUpdate } from '../lib/locks.ts';
import { Refresh } from '../schemas/token.ts';
import { refreshTokens, tokenFamilies } from '../tables/token.ts';
import type { LogInAttempts } from './log-in-attempts.ts';
import { logIn } from './log-ins.ts';

const TOKEN_BYTES = 32;

type Family = Pick<typeof tokenFamilies.$inferSelect, 'id' | 'userId' | 'revokedAt'>;
type Token = Pick<
  typeof refreshTokens.$inferSelect,
  'id' | 'predecessorId' | 'expiresAt' | 'usedAt'
>;

/** Logs in with the address and the password in `body`; returns a pair of a new family. */
export async function createTokens(
  database: Database,
  body: unknown,
  attempts: LogInAttempts,
): Promise<Row> {
  return logIn(database, body, attempts, startFamily);
}

/** Returns the first pair of a new log-in of an account. */
export async function startFamily(session: Session, userId: string): Promise<Row> {
  const id = uuidv7();
  await session.changed(session.db.insert(tokenFamilies).values({ id, userId, ...stamps() }));
  return issue(session, { id, userId }, null);
}

/**
 * Exchanges the refresh token in `body` for a new pair.
 *
 * Throws `TOKEN_REUSED` where that was done before, which ends the family for good,
 * `TOKEN_EXPIRED`, and `INVALID_CREDENTIALS` for any other that is of no use.
 */
export async function refreshTokenPair(database: Database, body: unknown): Promise<Row> {
  const tokenHash = hashOf(Refresh.parse(body).refreshToken);
  const outcome = await database.write(async (session) => exchange(session, tokenHash));
  if ('pair' in outcome) {
    return outcome.pair;
  }
  // In a unit of work of its own: it must outlive this failure.
  await database.write(async (session) => {
    await endFamily(session, outcome.reused.id);
    recordOf(session, 'token_reused', outcome.reused);
  });
  throw new ApiError('TOKEN_REUSED');
}

/** Ends the family of the refresh token in `body`; does nothing where it is not known. */
export async function revokeTokens(session: Session, body: unknown): Promise<void> {
  const family = await holdFamily(session, hashOf(Refresh.parse(body).refreshToken));
  if (family !== undefined && (await endFamily(session, family.id))) {
    recordOf(session, 'logged_out', family);
  }
}

function hashOf(refreshToken: string): string {
  return createHash('sha256').update(refreshToken).digest('hex');
}

async function exchange(
  session: Session,
  tokenHash: string,
): Promise<{ pair: Row } | { reused: Family }> {
  const family = await holdFamily(session, tokenHash);
  const token = await findToken(session, tokenHash);
  if (family === undefined || token === undefined) {
    throw new ApiError('INVALID_CREDENTIALS');
  }
  if (token.usedAt === null) {
    checkUnused(family, token);
  }
  if (!(await use(session, token)) && !(await isForgiven(session, family, token))) {
    return { reused: family };
  }
  recordOf(session, 'refreshed', family);
  return { pair: await issue(session, family, token.id) };
}

/** Requests with tokens of one family queue at its row: they judge alike and never deadlock. */
async function holdFamily(session: Session, tokenHash: string): Promise<Family | undefined> {
  const familyId = session.db
    .select({ familyId: refreshTokens.familyId })
    .from(refreshTokens)
    .where(eq(refreshTokens.tokenHash, tokenHash));
  const { id, userId, revokedAt } = tokenFamilies;
  const [family] = await forNoKeyUpdate(
    session.db.select({ id, userId, revokedAt }).from(tokenFamilies).where(eq(id, familyId)),
  );
  return family;
}

async function findToken(session: Session, tokenHash: string): Promise<Token | undefined> {
  const { id, predecessorId, expiresAt, usedAt } = refreshTokens;
  const [token] = await session.db
    .select({ id, predecessorId, expiresAt, usedAt })
    .from(refreshTokens)
    .where(eq(refreshTokens.tokenHash, tokenHash));
  return token;
}

function checkUnused(family: Family, token: Token): void {
  if (family.revokedAt !== null) {
    throw new ApiError('INVALID_CREDENTIALS');
  }
  if (token.expiresAt <= now()) {
    throw new ApiError('TOKEN_EXPIRED');
  }
}

/** Marks the token as used, and its siblings with it; of racing requests one gets true. */
async function use(session: Session, { id, predecessorId }: Token): Promise<boolean> {
  if ((await mark(session, eq(refreshTokens.id, id))) === 0) {
    return false;
  }
  if (predecessorId !== null) {
    await mark(session, eq(refreshTokens.predecessorId, predecessorId));
  }
  return true;
}

async function mark(session: Session, which: SQL): Promise<number> {
  const moment = now();
  const used = session.db.update(refreshTokens).set({ usedAt: moment, updatedAt: moment });
  return session.changed(used.where(and(which, isNull(refreshTokens.usedAt))));
}

/** Tells whether the token was used just now, and none of its successors since. */
async function isForgiven(session: Session, family: Family, token: Token): Promise<boolean> {
  const { refreshGraceSeconds } = getSettings();
  const isRecent = token.usedAt !== null && token.usedAt >= momentIn(-refreshGraceSeconds);
  if (refreshGraceSeconds === 0 || family.revokedAt !== null || !isRecent) {
    return false;
  }
  const unused = and(eq(refreshTokens.predecessorId, token.id), isNull(refreshTokens.usedAt));
  const { id } = refreshTokens;
  return (await session.db.select({ id }).from(refreshTokens).where(unused)).length > 0;
}

async function endFamily(session: Session, familyId: string): Promise<boolean> {
  const living = and(eq(tokenFamilies.id, familyId), isNull(tokenFamilies.revokedAt));
  const moment = now();
  const ended = session.db.update(tokenFamilies).set({ revokedAt: moment, updatedAt: moment });
  return (await session.changed(ended.where(living))) > 0;
}

function recordOf(session: Session, event: Event, family: Family): void {
  record(session, event, family.userId, 'token_families', family.id);
}

async function issue(
  session: Session,
  family: { id: string; userId: string },
  predecessorId: string | null,
): Promise<Row> {
  const settings = getSettings();
  const refreshToken = randomBytes(TOKEN_BYTES).toString('base64url');
  const tokenHash = hashOf(refreshToken);
  const expiresAt = momentIn(settings.refreshTokenSeconds);
  const token = { id: uuidv7(), familyId: family.id, predecessorId, tokenHash, expiresAt };
  await session.changed(session.db.insert(refreshTokens).values({ ...token, ...stamps() }));
  return {
    accessToken: await writeAccessToken({ userId: family.userId, familyId: family.id }),
    tokenType: 'Bearer',
    expiresIn: settings.accessTokenSeconds,
    refreshToken,
  };
}
