/** One page of a list. */

/** A row by its attributes; what its representation lists, links included. */
export type Row = Record<string, unknown>;

/** Some rows in order, and where the next ones begin. */
export interface Page {
  readonly rows: readonly Row[];
  readonly limit: number;
  readonly nextCursor: string | null;
  /** How many rows all pages hold, where that was asked for. */
  readonly total: number | null;
}
