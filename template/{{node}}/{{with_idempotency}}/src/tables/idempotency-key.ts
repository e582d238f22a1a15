/** The table of requests that may be sent again, and of their first answers. */

import {
  foreignKey,
  index,
  integer,
  json,
  longText,
  moment,
  primaryKey,
  shortText,
  table,
  uuid,
} from '../lib/columns.ts';
import { users } from './user.ts';

/** Keys that callers gave, each leased to one request; `status` is null until that is done. */
export const idempotencyKeys = table(
  'idempotency_keys',
  {
    keyHash: shortText('key_hash', 64).notNull(),
    userId: uuid('user_id').notNull(),
    bodyHash: shortText('body_hash', 64).notNull(),
    leaseId: uuid('lease_id').notNull(),
    leaseExpiresAt: moment('lease_expires_at').notNull(),
    status: integer('status'),
    headers: json('headers').$type<Record<string, string>>(),
    body: longText('body'),
    createdAt: moment('created_at').notNull(),
    updatedAt: moment('updated_at').notNull(),
  },
  (t) => [
    primaryKey({ name: 'pk_idempotency_keys', columns: [t.keyHash] }),
    foreignKey({
      name: 'fk_idempotency_keys_user_id_users',
      columns: [t.userId],
      foreignColumns: [users.id],
    }).onDelete('cascade'),
    index('ix_idempotency_keys_user_id').on(t.userId),
    index('ix_idempotency_keys_created_at').on(t.createdAt),
  ],
);
