/** Who may do what in the museum, and the repositories of its tables. */

import {
  authenticated,
  owner,
  parent,
  Policy,
  publicAccess,
  role,
} from '../../src/lib/contract/access.ts';
import { jsonName } from '../../src/lib/contract/casing.ts';
import { Repository } from '../../src/lib/contract/repository.ts';
import { NoteShown, PieceShown, RoomShown, TagShown } from './schemas.ts';
import { notes, PIECE_LINKS, pieces, rooms, tags } from './tables.ts';

const KEPT = [owner];
const IN_ROOM = [parent('roomId')];
const ON_PIECE = [parent('pieceId')];

export const TAGS = new Repository({
  table: tags,
  representation: TagShown,
  policy: new Policy(tags, {
    list: [publicAccess],
    get: [publicAccess],
    create: [authenticated],
    update: [authenticated],
    delete: [role('admin')],
  }),
});

export const ROOMS = new Repository({
  table: rooms,
  representation: RoomShown,
  policy: new Policy(rooms, {
    list: [publicAccess],
    get: [publicAccess],
    create: KEPT,
    update: KEPT,
    delete: KEPT,
  }),
});

export const PIECES = new Repository({
  table: pieces,
  representation: PieceShown,
  policy: new Policy(pieces, {
    list: IN_ROOM,
    get: IN_ROOM,
    create: IN_ROOM,
    update: IN_ROOM,
    delete: IN_ROOM,
  }),
  links: PIECE_LINKS,
  linkFilters: { [jsonName('tagId')]: 'tagIds' },
});

/** Single notes are read by whom lists show them to. */
export const NOTES = new Repository({
  table: notes,
  representation: NoteShown,
  policy: new Policy(notes, {
    list: [owner, ...ON_PIECE],
    create: ON_PIECE,
    update: KEPT,
    delete: [owner, ...ON_PIECE],
  }),
});
