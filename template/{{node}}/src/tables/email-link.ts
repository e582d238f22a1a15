/** The table of links that were mailed. */

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

/** What a link is good for. */
export const PURPOSES = ['verify_email', 'change_email', 'reset_password'] as const;
export type Purpose = (typeof PURPOSES)[number];

/** Links that are good once; only their hashes are known here, and that of nobody is never good. */
export const emailLinks = table(
  'email_links',
  {
    id: uuid('id').notNull(),
    userId: uuid('user_id'),
    purpose: shortText('purpose', 20).$type<Purpose>().notNull(),
    email: shortText('email', 254).notNull(),
    tokenHash: shortText('token_hash', 64).notNull(),
    expiresAt: moment('expires_at').notNull(),
    createdAt: moment('created_at').notNull(),
    updatedAt: moment('updated_at').notNull(),
  },
  (t) => [
    primaryKey({ name: 'pk_email_links', columns: [t.id] }),
    foreignKey({
      name: 'fk_email_links_user_id_users',
      columns: [t.userId],
      foreignColumns: [users.id],
    }).onDelete('cascade'),
    unique('uq_email_links_token_hash').on(t.tokenHash),
    index('ix_email_links_user_id').on(t.userId),
    index('ix_email_links_expires_at').on(t.expiresAt),
  ],
);
