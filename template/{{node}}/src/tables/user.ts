/** The tables of accounts and of their roles. */

import {
  boolean,
  foreignKey,
  integer,
  moment,
  primaryKey,
  shortText,
  table,
  unique,
  uuid,
} from '../lib/columns.ts';

/** Accounts; `email` is in lower case, and who has no password logs in otherwise. */
export const users = table(
  'users',
  {
    id: uuid('id').notNull(),
    email: shortText('email', 254).notNull(),
    passwordHash: shortText('password_hash', 255),
    name: shortText('name', 120),
    emailVerified: boolean('email_verified').notNull(),
    createdAt: moment('created_at').notNull(),
    updatedAt: moment('updated_at').notNull(),
    version: integer('version').notNull(),
  },
  (t) => [primaryKey({ name: 'pk_users', columns: [t.id] }), unique('uq_users_email').on(t.email)],
);

/** The roles that accounts have. */
export const userRoles = table(
  'user_roles',
  {
    userId: uuid('user_id').notNull(),
    role: shortText('role', 60).notNull(),
    createdAt: moment('created_at').notNull(),
    updatedAt: moment('updated_at').notNull(),
  },
  (t) => [
    primaryKey({ name: 'pk_user_roles', columns: [t.userId, t.role] }),
    foreignKey({
      name: 'fk_user_roles_user_id_users',
      columns: [t.userId],
      foreignColumns: [users.id],
    }).onDelete('cascade'),
  ],
);
