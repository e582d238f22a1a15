/** Who calls: all that access rules see of a request. */

/** An authenticated account, whatever strategy recognised it. */
export interface Caller {
  readonly userId: string;
  readonly roles: ReadonlySet<string>;
  /** What a key narrows the account's rights to; null means that nothing is narrowed. */
  readonly scopes: ReadonlySet<string> | null;
  readonly strategy: string;
  /** The log-in that the request belongs to: what a log-out ends. */
  readonly sessionId: string | null;
}
