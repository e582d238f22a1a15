/** Rows held to the end of a unit of work: on SQLite there is one writer at a time anyway. */

/** Returns `query`, whose rows nobody changes or refers to anew meanwhile. */
export function forUpdate<T>(query: T): T {
  return query;
}

/** Returns `query`, whose rows nobody changes meanwhile. */
export function forNoKeyUpdate<T>(query: T): T {
  return query;
}
