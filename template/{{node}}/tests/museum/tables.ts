/** The museum's tables: a tree of rooms, pieces in them with tags and copies, notes on pieces. */

import {
  type AnyTable,
  bigint,
  boolean,
  type Constraint,
  day,
  decimal,
  double,
  foreignKey,
  integer,
  json,
  longText,
  moment,
  primaryKey,
  shortText,
  table,
  unique,
  uuid,
} from '../../src/lib/columns.ts';
import type { Links } from '../../src/lib/contract/tables.ts';
import { users } from '../../src/tables/user.ts';

const own = () => ({
  id: uuid('id').notNull(),
  createdAt: moment('created_at').notNull(),
  updatedAt: moment('updated_at').notNull(),
  version: integer('version').notNull(),
});

/** Words that pieces are found by. */
export const tags = table(
  'museum_tags',
  { ...own(), word: shortText('word', 40).notNull() },
  (t): Constraint[] => [
    primaryKey({ name: 'pk_museum_tags', columns: [t.id] }),
    unique('uq_museum_tags_word').on(t.word),
  ],
);

/** Rooms that somebody keeps; a room may lie inside another. */
export const rooms = table(
  'museum_rooms',
  {
    ...own(),
    ownerId: uuid('owner_id').notNull(),
    insideId: uuid('inside_id'),
    name: shortText('name', 60).notNull(),
  },
  (t): Constraint[] => [
    primaryKey({ name: 'pk_museum_rooms', columns: [t.id] }),
    foreignKey({
      name: 'fk_museum_rooms_inside',
      columns: [t.insideId],
      foreignColumns: [t.id],
    }).onDelete('set null'),
  ],
);

/** Pieces that hang in rooms; one may be a copy, which keeps the other where it is. */
export const pieces = table(
  'museum_pieces',
  {
    ...own(),
    roomId: uuid('room_id').notNull(),
    copyOfId: uuid('copy_of_id'),
    giverId: uuid('giver_id'),
    title: shortText('title', 60).notNull(),
    weight: integer('weight'),
    insured: boolean('insured').notNull(),
    price: decimal('price', 12, 2),
    height: double('height'),
    visits: bigint('visits'),
    madeOn: day('made_on'),
    cleanedAt: moment('cleaned_at'),
    story: longText('story'),
    details: json('details'),
  },
  (t): Constraint[] => [
    primaryKey({ name: 'pk_museum_pieces', columns: [t.id] }),
    unique('uq_museum_pieces_room_id_title').on(t.roomId, t.title),
    foreignKey({
      name: 'fk_museum_pieces_room',
      columns: [t.roomId],
      foreignColumns: [rooms.id],
    }).onDelete('cascade'),
    foreignKey({
      name: 'fk_museum_pieces_giver',
      columns: [t.giverId],
      foreignColumns: [users.id],
    }).onDelete('set null'),
    foreignKey({
      name: 'fk_museum_pieces_copy_of',
      columns: [t.copyOfId],
      foreignColumns: [t.id],
    }).onDelete('restrict'),
  ],
);

/** What somebody says about a piece, or about another note, with which it goes. */
export const notes = table(
  'museum_notes',
  {
    ...own(),
    ownerId: uuid('owner_id').notNull(),
    pieceId: uuid('piece_id').notNull(),
    aboutId: uuid('about_id'),
    text: shortText('text', 200).notNull(),
    remark: shortText('remark', 200),
  },
  (t): Constraint[] => [
    primaryKey({ name: 'pk_museum_notes', columns: [t.id] }),
    foreignKey({
      name: 'fk_museum_notes_piece',
      columns: [t.pieceId],
      foreignColumns: [pieces.id],
    }).onDelete('cascade'),
    foreignKey({
      name: 'fk_museum_notes_about',
      columns: [t.aboutId],
      foreignColumns: [t.id],
    }).onDelete('cascade'),
  ],
);

/** Which pieces have which tags. */
export const pieceTags = table(
  'museum_piece_tags',
  { pieceId: uuid('piece_id').notNull(), tagId: uuid('tag_id').notNull() },
  (t): Constraint[] => [
    primaryKey({ name: 'pk_museum_piece_tags', columns: [t.pieceId, t.tagId] }),
    foreignKey({
      name: 'fk_museum_piece_tags_piece',
      columns: [t.pieceId],
      foreignColumns: [pieces.id],
    }).onDelete('cascade'),
    foreignKey({
      name: 'fk_museum_piece_tags_tag',
      columns: [t.tagId],
      foreignColumns: [tags.id],
    }).onDelete('cascade'),
  ],
);

export const PIECE_LINKS: Links = { tagIds: { left: pieceTags.pieceId, right: pieceTags.tagId } };

/** All tables, each after those that it refers to. */
export const TABLES: AnyTable[] = [tags, rooms, pieces, notes, pieceTags];
