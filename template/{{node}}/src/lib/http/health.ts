/** Whether the process lives, and whether it can serve. */

import { requireCurrent } from '../migrations.ts';
import { type Answer, json } from './answers.ts';
import type { Service } from './service.ts';

const OK = { status: 'ok' };

/** Tells that the process answers. */
export function alive(): Answer {
  return json(OK);
}

/** Tells that the database can be reached and that its migrations are current; else the 503. */
export async function ready(service: Service): Promise<Answer> {
  await requireCurrent(service.database);
  return json(OK);
}
