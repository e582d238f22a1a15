/** Rows held to the end of a unit of work. */

interface Lockable {
  for(strength: 'update' | 'no key update'): unknown;
}

/** Returns `query`, which locks its rows: nobody changes or refers to them anew meanwhile. */
export function forUpdate<T extends Lockable>(query: T): T {
  query.for('update'); // it changes the query itself
  return query;
}

/** Returns `query`, which locks its rows: nobody changes them meanwhile, but may refer to them. */
export function forNoKeyUpdate<T extends Lockable>(query: T): T {
  query.for('no key update');
  return query;
}
