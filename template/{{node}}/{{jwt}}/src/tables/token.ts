/** The tables of refresh tokens and of the log-ins that they prolong. */

import {
  foreignKey,
  index,
  moment,
  primaryKey,
  shortText,
  table,
  unique,
  uuid,
} from '../lib/columns.ts';
import { users } from './user.ts';

/** Log-ins: every token that descends from one dies with it. */
export const tokenFamilies = table(
  'token_families',
  {
    id: uuid('id').notNull(),
    userId: uuid('user_id').notNull(),
    revokedAt: moment('revoked_at'),
    createdAt: moment('created_at').notNull(),
    updatedAt: moment('updated_at').notNull(),
  },
  (t) => [
    primaryKey({ name: 'pk_token_families', columns: [t.id] }),
    foreignKey({
      name: 'fk_token_families_user_id_users',
      columns: [t.userId],
      foreignColumns: [users.id],
    }).onDelete('cascade'),
    index('ix_token_families_user_id').on(t.userId),
  ],
);

/** Tokens that are good for one refresh; only their hashes are known here. */
export const refreshTokens = table(
  'refresh_tokens',
  {
    id: uuid('id').notNull(),
    familyId: uuid('family_id').notNull(),
    predecessorId: uuid('predecessor_id'),
    tokenHash: shortText('token_hash', 64).notNull(),
    expiresAt: moment('expires_at').notNull(),
    usedAt: moment('used_at'),
    createdAt: moment('created_at').notNull(),
    updatedAt: moment('updated_at').notNull(),
  },
  (t) => [
    primaryKey({ name: 'pk_refresh_tokens', columns: [t.id] }),
    foreignKey({
      name: 'fk_refresh_tokens_family_id_token_families',
      columns: [t.familyId],
      foreignColumns: [tokenFamilies.id],
    }).onDelete('cascade'),
    foreignKey({
      name: 'fk_refresh_tokens_predecessor_id_refresh_tokens',
      columns: [t.predecessorId],
      foreignColumns: [t.id],
    }).onDelete('set null'),
    unique('uq_refresh_tokens_token_hash').on(t.tokenHash),
    index('ix_refresh_tokens_family_id').on(t.familyId),
    index('ix_refresh_tokens_predecessor_id').on(t.predecessorId),
  ],
);
