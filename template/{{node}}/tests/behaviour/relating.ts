/** Rows that others refer to. */

import type { Row } from '../../src/lib/contract/pages.ts';
import type { Factory } from '../support/factory.ts';
import type { Stage } from '../support/stage.ts';

/** Makes as many rows as asked for that the actor owns, and returns their ids in order. */
export async function relatedOf(target: string, count: number, stage: Stage): Promise<string[]> {
  const actor = await stage.actor();
  const ids: string[] = [];
  while (ids.length < count) ids.push(await stage.related(target, actor));
  return ids.toSorted();
}

/** Makes what the optional relations among `attributes` can lead to, and returns the ids. */
export async function relatedIn(
  attributes: readonly string[],
  stage: Stage,
  factory: Factory,
): Promise<Row> {
  const related: Row = {};
  for (const [name, { target, isRequired }] of Object.entries(factory.relations)) {
    if (attributes.includes(name) && !isRequired)
      [related[name]] = await relatedOf(target, 1, stage);
  }
  return related;
}
