/**
 * Express and postgres.js with nothing between: the same token, the same queries, the same bytes.
 *
 * Runs in a generated service's folder. Only what is pure computation is shared with it: the
 * check of the token and the signature of the cursor.
 */

import express from 'express';
import postgres from 'postgres';

import { readAccessToken } from './src/lib/auth/access-tokens.ts';
import { writeCursor } from './src/lib/contract/cursors.ts';

const TIMES = (column: string) =>
  `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS ${column}`;
const COLUMNS = [
  ...['id', 'owner_id', 'title', 'note', 'effort', 'done', 'due_on::text AS due_on'],
  ...[TIMES('created_at'), TIMES('updated_at'), 'version'],
].join(', ');
const ROLES = `
SELECT user_roles.role FROM token_families
LEFT OUTER JOIN user_roles ON user_roles.user_id = token_families.user_id
WHERE token_families.id = $1 AND token_families.user_id = $2 AND token_families.revoked_at IS NULL
`;
const FIRST_PAGE = `SELECT ${COLUMNS} FROM tasks ORDER BY id DESC LIMIT $1`;

const sql = postgres(process.env['DATABASE_URL'] ?? '', { max: 10 });
const app = express().disable('x-powered-by').disable('etag');

app.get('/api/v1/tasks', async (request, response) => {
  const header = request.headers.authorization ?? '';
  const token = await readAccessToken(header.slice('Bearer '.length));
  const limit = Number(request.query['limit'] ?? '20');
  const roles = await sql.unsafe(ROLES, [token.familyId, token.userId], { prepare: true });
  if (roles.length === 0) {
    response.sendStatus(401);
    return;
  }
  const rows = await sql.unsafe(FIRST_PAGE, [limit + 1], { prepare: true });
  const data = rows.slice(0, limit);
  const more = rows.length > limit;
  const cursor = more ? writeCursor([data.at(-1)?.['id']], ['tasks']) : null;
  const page = { limit, has_more: more, next_cursor: cursor };
  response.type('application/json').send(JSON.stringify({ data, page }));
});

app.listen(Number(process.argv[2]), '127.0.0.1');
