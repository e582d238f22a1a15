/** What the contract promises of any resource, kept by every part of the museum. */

import { describe } from 'vitest';

import { describeCreating } from '../behaviour/creating.ts';
import { describeDeleting } from '../behaviour/deleting.ts';
import { describeFiltering } from '../behaviour/filtering.ts';
import { describeListing } from '../behaviour/listing.ts';
import { describeReading } from '../behaviour/reading.ts';
import { describeSearching } from '../behaviour/searching.ts';
import { describeUpdating } from '../behaviour/updating.ts';
import { NOTE, PIECE, ROOM, TAG } from './factories.ts';
import { test } from './test.ts';

describe('pieces', () => {
  describeListing(PIECE, test);
  describeFiltering(PIECE, test);
  describeSearching(PIECE, test);
  describeReading(PIECE, test);
  describeCreating(PIECE, test);
  describeUpdating(PIECE, test);
  describeDeleting(PIECE, test);
});

describe('rooms', () => {
  describeDeleting(ROOM, test);
});

describe('tags', () => {
  describeDeleting(TAG, test);
});

describe('notes', () => {
  describeDeleting(NOTE, test);
});
