/** Faults of a database that are none of the caller's: they stay what they are. */

import { uuidv7 } from 'uuidv7';
import { expect } from 'vitest';

import { addLinks } from '../../src/lib/contract/links.ts';
import { Policy, parent } from '../../src/lib/contract/access.ts';
import { checkParents } from '../../src/lib/contract/relations.ts';
import { raiseVersions } from '../../src/lib/contract/ripples.ts';
import { deleteRow, insertRow, refusal, updateRow } from '../../src/lib/contract/writes.ts';
import type { Session } from '../../src/lib/db.ts';
import { ApiError } from '../../src/lib/errors.ts';
import { PIECE_LINKS, notes, pieces, pieceTags, rooms } from '../museum/tables.ts';
import { test } from '../support/test.ts';

const ID = uuidv7();

// There is no museum here: its tables are missing.
const WRITES: Record<string, (session: Session) => Promise<unknown>> = {
  insert: async (session) => insertRow(session, rooms, { id: ID, name: 'Hall' }),
  update: async (session) => updateRow(session, rooms, ID, { name: 'Hall' }),
  delete: async (session) => deleteRow(session, rooms, ID),
  link: async (session) => {
    const { tagIds } = PIECE_LINKS;
    return tagIds && addLinks(session, 'tagIds', tagIds, ID, [ID]);
  },
};

test.for(Object.keys(WRITES))('%s', async (name, { database }) => {
  const found = await database.write(async (session) => WRITES[name]?.(session)).catch(String);
  expect(found).toMatch(/museum|failed/i);
  expect(found).not.toContain(ApiError.name);
});

test('nothing is done for what nothing refers to', async ({ database }) => {
  const raised = await database.read(async (session) => raiseVersions(session, pieceTags, [ID]));
  expect(raised).toEqual({});
});

test('403 for a row whose optional parent is missing', async ({ database }) => {
  const policy = new Policy(notes, { create: [parent('aboutId')] });
  const check = database.read(async (session) => checkParents(session, null, policy, 'create', {}));
  await expect(check).rejects.toMatchObject({ code: 'FORBIDDEN' });
});

test.for([
  ['unique', ['room_id', 'title'], 409],
  ['foreign_key', ['room_id'], 422],
  ['foreign_key', [], 409],
  ['check', [], 409],
] as const)('a broken %s over %j is a %i', ([kind, columns, status], { expect }) => {
  const refused = refusal({ kind, columns }, pieces);
  expect([refused.status, refused.details.length]).toEqual([status, columns.length]);
});
