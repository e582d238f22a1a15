/** What clients get and send of the museum. */

import * as fields from '../../src/lib/contract/fields/index.ts';
import { input, type Members, representation } from '../../src/lib/contract/schema.ts';

const STAMPS = ['createdAt', 'updatedAt'] as const;
const MEASURES = ['price', 'height', 'visits', 'madeOn', 'cleanedAt'] as const;

const shown = () => ({
  id: fields.identifier(),
  createdAt: fields.moment(),
  updatedAt: fields.moment(),
  version: fields.integer({ minimum: 1 }),
});
const name = () => fields.text({ minLength: 1, maxLength: 60 });
const optionalId = () => fields.identifier().nullable();
const weight = () => fields.integer({ minimum: 0 }).nullable();
const more = () => ({
  price: fields.decimal({ precision: 12, scale: 2 }).nullable(),
  height: fields.number().nullable(),
  visits: fields.bigint().nullable(),
  madeOn: fields.day().nullable(),
  cleanedAt: fields.moment().nullable(),
  story: fields.text().nullable(),
  details: fields.json().nullable(),
});

/** Returns `members`, each of which may be left out. */
function optional(members: Members): Members {
  const each = Object.entries(members).map(([name, type]) => [name, type.optional()] as const);
  return Object.fromEntries(each);
}
const version = () => fields.integer({ minimum: 1 }).optional();

export const TagShown = representation(
  'MuseumTag',
  { ...shown(), word: name() },
  { description: 'A tag.', filterable: ['word'], sortable: ['word', ...STAMPS] },
);
export const TagCreate = input('MuseumTagCreate', { word: name() }, { description: 'A new tag.' });
export const TagUpdate = input(
  'MuseumTagUpdate',
  { version: version(), word: name().optional() },
  { description: 'What changes in a tag.' },
);

export const RoomShown = representation(
  'MuseumRoom',
  { ...shown(), ownerId: fields.identifier(), insideId: optionalId(), name: name() },
  { description: 'A room.', filterable: ['insideId'], sortable: ['name', ...STAMPS] },
);
export const RoomCreate = input(
  'MuseumRoomCreate',
  { insideId: optionalId().default(null), name: name() },
  { description: 'A new room.' },
);
export const RoomUpdate = input(
  'MuseumRoomUpdate',
  { version: version(), insideId: optionalId().optional(), name: name().optional() },
  { description: 'What changes in a room.' },
);

export const PieceShown = representation(
  'MuseumPiece',
  {
    ...shown(),
    roomId: fields.identifier(),
    copyOfId: optionalId(),
    giverId: optionalId(),
    tagIds: fields.identifiers(),
    title: name(),
    weight: weight(),
    insured: fields.boolean(),
    ...more(),
  },
  {
    description: 'A piece.',
    filterable: ['roomId', 'copyOfId', 'giverId', 'title', 'weight', 'insured', ...MEASURES],
    sortable: ['weight', 'title', ...MEASURES, ...STAMPS],
    searchable: ['title'],
    conditions: [{ field: 'weight', others: { insured: true } }],
  },
);
export const PieceCreate = input(
  'MuseumPieceCreate',
  {
    roomId: fields.identifier(),
    copyOfId: optionalId().default(null),
    giverId: optionalId().default(null),
    tagIds: fields.identifiers().default([]),
    title: name(),
    weight: weight().default(null),
    insured: fields.boolean().default(false),
    ...optional(more()),
  },
  { description: 'A new piece.' },
);
export const PieceUpdate = input(
  'MuseumPieceUpdate',
  {
    version: version(),
    roomId: fields.identifier().optional(),
    copyOfId: optionalId().optional(),
    giverId: optionalId().optional(),
    tagIds: fields.identifiers().optional(),
    title: name().optional(),
    weight: weight().optional(),
    insured: fields.boolean().optional(),
    ...optional(more()),
  },
  { description: 'What changes in a piece.' },
);

export const NoteShown = representation(
  'MuseumNote',
  {
    ...shown(),
    ownerId: fields.identifier(),
    pieceId: fields.identifier(),
    aboutId: optionalId(),
    text: name(),
    remark: name().nullable(),
  },
  {
    description: 'A note.',
    filterable: ['pieceId', 'aboutId'],
    sortable: STAMPS,
    searchable: ['text', 'remark'],
  },
);
export const NoteCreate = input(
  'MuseumNoteCreate',
  {
    pieceId: fields.identifier(),
    aboutId: optionalId().default(null),
    text: name(),
    remark: name().nullable().default(null),
  },
  { description: 'A new note.' },
);
export const NoteUpdate = input(
  'MuseumNoteUpdate',
  {
    version: version(),
    pieceId: fields.identifier().optional(),
    aboutId: optionalId().optional(),
    text: name().optional(),
    remark: name().nullable().optional(),
  },
  { description: 'What changes in a note.' },
);
