/** What lives as long as the process: the pool of connections, counters, and rules for answers. */

import { type Counters, createCounters } from '../counters.ts';
import type { Settings } from '../config.ts';
import { Database } from '../db.ts';
import { getOutbox } from '../mail/outbox.ts';
import { Admission } from './admission.ts';
import { Cors } from './cors.ts';
import { Draining } from './draining.ts';
import { CommonHeaders } from './headers.ts';

/** One running service. */
export class Service {
  readonly settings: Settings;
  readonly database: Database;
  readonly admission: Admission;
  readonly draining = new Draining();
  readonly cors: Cors;
  readonly headers: CommonHeaders;
  readonly #counters: Counters;

  constructor(settings: Settings, database = new Database(settings)) {
    this.settings = settings;
    this.database = database;
    this.#counters = createCounters(settings);
    this.admission = new Admission(settings, this.#counters);
    this.cors = new Cors(settings);
    this.headers = new CommonHeaders(settings);
  }

  /** Sends the mail that waits, then closes every connection. */
  async close(): Promise<void> {
    await getOutbox().close(this.settings.requestTimeoutSeconds);
    await this.#counters.close();
    await this.database.close();
  }
}
