/** A library that only tests know: tables, rows and rules for descriptions of endpoints. */

import {
  type Constraint,
  foreignKey,
  integer,
  moment,
  primaryKey,
  shortText,
  table,
  unique,
  uuid,
} from '../../src/lib/columns.ts';
import { type Action, parent, Policy, type Rule } from '../../src/lib/contract/access.ts';
import * as describe from '../../src/lib/contract/describe/index.ts';
import * as fields from '../../src/lib/contract/fields/index.ts';
import { Listing } from '../../src/lib/contract/listing.ts';
import { input, representation } from '../../src/lib/contract/schema.ts';
import { know } from '../../src/lib/contract/tables.ts';

const own = () => ({
  id: uuid('id').notNull(),
  createdAt: moment('created_at').notNull(),
  updatedAt: moment('updated_at').notNull(),
  version: integer('version').notNull(),
});

const shelves = table(
  'sample_shelves',
  { ...own(), ownerId: uuid('owner_id').notNull(), code: shortText('code', 9).notNull() },
  (t): Constraint[] => [primaryKey({ columns: [t.id] }), unique('uq_sample_shelves').on(t.code)],
);

const books = table(
  'sample_books',
  { ...own(), shelfId: uuid('shelf_id').notNull(), secondShelfId: uuid('second_shelf_id') },
  (t): Constraint[] => [
    primaryKey({ columns: [t.id] }),
    foreignKey({ columns: [t.shelfId], foreignColumns: [shelves.id] }).onDelete('cascade'),
    foreignKey({ columns: [t.secondShelfId], foreignColumns: [shelves.id] }).onDelete('set null'),
  ],
);

const loans = table('sample_loans', { ...own(), bookId: uuid('book_id').notNull() }, (t) => [
  primaryKey({ columns: [t.id] }),
  foreignKey({ columns: [t.bookId], foreignColumns: [books.id] }).onDelete('restrict'),
]);
know(loans);

/** Something of every kind that can be compared. */
export const Sample = representation(
  'Sample',
  {
    rowId: fields.identifier(),
    name: fields.text({ maxLength: 9 }).describe('What it is called.'),
    note: fields.text().nullable().describe('What else there is.'),
    size: fields.integer(),
    price: fields.decimal({ precision: 5, scale: 2, minimum: '1' }).describe('What it costs.'),
    dueOn: fields.day(),
    seenAt: fields.moment(),
    isOpen: fields.boolean(),
  },
  {
    description: 'Something of every kind that can be compared.',
    filterable: ['rowId', 'name', 'size', 'price', 'dueOn', 'seenAt', 'isOpen'],
    sortable: ['name'],
    searchable: ['name', 'note'],
  },
);

export const SampleCreate = input(
  'SampleCreate',
  {
    name: fields.text({ maxLength: 9 }),
    note: fields.text().nullable().default(null),
    size: fields.integer().default(1),
    otherIds: fields.identifiers().default([]),
  },
  { description: 'What makes one.' },
);

type Resource = Parameters<typeof describe.listOf>[0];

function resource(policy: Policy): Resource {
  return { policy, representation: Sample, listing: new Listing(Sample) };
}

/** Shelves that `reads` and `writes` say who may read and write. */
export function ofShelves(reads: readonly Rule[], writes: readonly Rule[]): Resource {
  const rules = { list: reads, get: reads, create: writes, update: writes, delete: writes };
  return resource(new Policy(shelves, rules));
}

/** Books about which the row decides that `attribute` names. */
export function ofBooks(attribute = 'shelfId'): Resource {
  const rules = [parent(attribute)];
  const all = { list: rules, get: rules, create: rules, update: rules, delete: rules };
  return resource(new Policy(books, all));
}

const DESCRIPTIONS: Readonly<Record<Action, (of: Resource) => describe.Described>> = {
  list: describe.listOf,
  get: describe.getOf,
  create: (of) => describe.createOf(of, SampleCreate),
  update: (of) => describe.updateOf(of, SampleCreate),
  delete: describe.deleteOf,
};

/** What the document says of one endpoint. */
export function described(of: Resource, action: Action): describe.Described {
  return DESCRIPTIONS[action](of);
}
