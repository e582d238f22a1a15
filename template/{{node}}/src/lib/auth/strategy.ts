/** What every strategy of authentication offers, and what it sees of a request. */

import type { Session } from '../db.ts';
import type { Caller } from './caller.ts';

/** What of a request tells who calls. */
export interface Credentials {
  /** Returns the value of a header, whatever the letter case of its name. */
  header(name: string): string | undefined;
  /** Returns the value of a cookie. */
  cookie(name: string): string | undefined;
}

/** One way to tell who calls; each is a module of this folder. */
export interface Strategy {
  /** Returns who calls, null without credentials of this kind; throws the 401 for invalid ones. */
  authenticate(request: Credentials, session: Session): Promise<Caller | null>;
  /** Ends every log-in of an account. */
  endLogIns(session: Session, userId: string): Promise<void>;
  /** Deletes what has expired and returns how many rows that were. */
  prune(session: Session): Promise<number>;
}
