/** Where a page begins, on databases that order nulls and compare rows each their own way. */

import type { SQL } from 'drizzle-orm';
import { describe, expect, test, vi } from 'vitest';

import { Key, segmentsAfter } from '../../src/lib/contract/keyset.ts';
import { dialect } from '../../src/lib/dialect.ts';
import { pieces } from '../museum/tables.ts';

const particular = vi.hoisted(() => ({ comparesRowValues: true, nullIsLargest: true }));

vi.mock(import('../../src/lib/dialect.ts'), async (original) => {
  const dialect = await original();
  return Object.defineProperties(
    { ...dialect },
    {
      COMPARES_ROW_VALUES: { get: () => particular.comparesRowValues },
      NULL_IS_LARGEST: { get: () => particular.nullIsLargest },
    },
  );
});

/** Returns conditions as text without quotes, the table's name and the names of parameters. */
function textOf(parts: readonly SQL[]): string[] {
  return parts.map((part) => {
    const text = dialect.sqlToQuery(part).sql.replaceAll(/["`]|::[a-z]+(\(\d+\))?/g, '');
    return text.replaceAll('museum_pieces.', '').replaceAll(/\$\d+/g, '?');
  });
}

const [up, down] = [false, true];
const keyOf = (isDown: boolean) => [new Key(pieces.weight, isDown), new Key(pieces.id, isDown)];

describe('the order of nulls', () => {
  test.each([
    [true, up, 'weight asc nulls first'],
    [true, down, 'weight desc nulls last'],
    [false, up, 'weight asc'],
    [false, down, 'weight desc'],
  ])('where null is largest: %s, descending: %s', (nullIsLargest, isDown, expected) => {
    particular.nullIsLargest = nullIsLargest;
    expect(textOf([new Key(pieces.weight, isDown).order()])).toEqual([expected]);
    const order = `title ${isDown ? 'desc' : 'asc'}`;
    expect(textOf([new Key(pieces.title, isDown).order()])).toEqual([order]);
  });
});

describe('what comes after a row', () => {
  test.each([
    [up, false, true, ['(weight, id) > (?, ?)']],
    [down, false, true, ['(weight, id) < (?, ?)', 'weight is null']],
    [up, false, false, ['(weight > ? or (weight = ? and id > ?))']],
    [down, false, false, ['(weight < ? or (weight = ? and id < ?))', 'weight is null']],
    [up, true, true, ['(weight is null and id > ?)', 'weight is not null']],
    [down, true, true, ['(weight is null and id < ?)']],
  ])(
    'descending: %s, its key null: %s, rows compared: %s',
    (isDown, isNull, compares, expected) => {
      particular.comparesRowValues = compares;
      expect(textOf(segmentsAfter(keyOf(isDown), [isNull, false]))).toEqual(expected);
    },
  );

  test('is one condition for three keys', () => {
    const keys = [new Key(pieces.weight, down), new Key(pieces.height, up), new Key(pieces.id, up)];
    const [one, ...others] = textOf(segmentsAfter(keys, [false, true, false]));
    expect(one).toBe(
      '((weight < ? or weight is null) or (weight = ? and height is not null) or (weight = ? and height is null and id > ?))',
    );
    expect(others).toEqual([]);
    const [last] = textOf(segmentsAfter(keys, [true, false, false]));
    expect(last).toContain('weight is null and height > ?');
  });
});
