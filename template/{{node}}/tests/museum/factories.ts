/** What tests know of the museum. */

import { MAX_IDENTIFIERS } from '../../src/lib/contract/fields/plain.ts';
import { factory, type Refused } from '../support/factory.ts';
import { know } from '../support/known.ts';
import { dayAfter, decimal, momentAfter } from '../support/values.ts';
import { notes, PIECE_LINKS, pieces, rooms, tags } from './tables.ts';

const STAMPS = ['createdAt', 'updatedAt'];
const MADE = ['id', ...STAMPS];
const SHOWN = [...MADE, 'version'];
const MEASURES = ['price', 'height', 'visits', 'madeOn', 'cleanedAt'];
const MORE = [...MEASURES, 'story', 'details'];
const NOT_IDS: Refused[] = [
  ['tagIds', 1, 'list'],
  ['tagIds', ['x'], 'ids'],
  ['tagIds', [null], 'ids'],
  [
    'tagIds',
    Array.from({ length: MAX_IDENTIFIERS + 1 }, () => null),
    'max_items',
    { limit: String(MAX_IDENTIFIERS) },
  ],
];

const NO_MORE = Object.fromEntries(MORE.map((name) => [name, null]));

export const TAG = factory({
  path: '/api/v1/museum-tags',
  table: tags,
  values: (number) => ({ word: `word ${number}` }),
  members: [...SHOWN, 'word'],
  serverMade: MADE,
  required: ['word'],
  filters: ['word'],
  sorts: ['word', ...STAMPS],
  uniques: [['word']],
  refused: [['word', '', 'min_length', { limit: '1' }]],
});

export const ROOM = factory({
  path: '/api/v1/museum-rooms',
  table: rooms,
  values: (number) => ({ name: `Room ${number}` }),
  members: [...SHOWN, 'ownerId', 'insideId', 'name'],
  serverMade: ['ownerId', ...MADE],
  required: ['name'],
  filters: ['insideId'],
  sorts: ['name', ...STAMPS],
  relations: { insideId: { target: 'museum:room', isRequired: false, onDelete: 'set_null' } },
});

export const PIECE = factory({
  path: '/api/v1/museum-pieces',
  table: pieces,
  values: (number) => ({
    title: `Piece ${number}`,
    weight: number,
    insured: number % 2 === 0,
    price: decimal(BigInt(number) - 5n, 2),
    height: number / 4,
    visits: number - 2 ** 52,
    madeOn: dayAfter(number),
    cleanedAt: momentAfter(number),
    story: `It was made in ${number}.`,
    details: { number },
  }),
  members: [
    ...SHOWN,
    'roomId',
    'copyOfId',
    'giverId',
    'tagIds',
    'title',
    'weight',
    'insured',
    ...MORE,
  ],
  serverMade: MADE,
  required: ['title'],
  nothing: { weight: null, insured: false, ...NO_MORE },
  defaults: { weight: null, insured: false, ...NO_MORE },
  filters: ['roomId', 'copyOfId', 'giverId', 'title', 'weight', 'insured', ...MEASURES],
  comparable: ['weight', ...MEASURES],
  decimals: ['price'],
  sorts: ['weight', 'title', ...MEASURES, ...STAMPS],
  searched: ['title'],
  uniques: [['roomId', 'title']],
  relations: {
    roomId: { target: 'museum:room', isRequired: true, onDelete: 'cascade' },
    copyOfId: { target: 'museum:piece', isRequired: false, onDelete: 'restrict' },
    giverId: { target: 'user', isRequired: false, onDelete: 'set_null' },
  },
  links: PIECE_LINKS,
  linked: { tagIds: 'museum:tag' },
  accepted: [
    ['tagIds', [], []],
    ['price', '-9999999999.99', '-9999999999.99'],
    ['price', '0.5', '0.50'],
    ['details', [1, { a: null }], [1, { a: null }]],
    ['details', false, false],
  ],
  refused: [['insured', null, 'not_null'], ...NOT_IDS],
  brokenRules: [[{ weight: null, insured: true }, 'weight']],
});

export const NOTE = factory({
  path: '/api/v1/museum-notes',
  table: notes,
  values: (number) => ({ text: `Note ${number}`, remark: null }),
  members: [...SHOWN, 'ownerId', 'pieceId', 'aboutId', 'text', 'remark'],
  serverMade: ['ownerId', ...MADE],
  required: ['text'],
  filters: ['pieceId', 'aboutId'],
  sorts: STAMPS,
  searched: ['text', 'remark'],
  relations: {
    pieceId: { target: 'museum:piece', isRequired: true, onDelete: 'cascade' },
    aboutId: { target: 'museum:note', isRequired: false, onDelete: 'cascade' },
  },
});

know({ 'museum:tag': TAG, 'museum:room': ROOM, 'museum:piece': PIECE, 'museum:note': NOTE });
