/** The OpenAPI document, from the endpoints as they describe themselves. */

import { type Described, document } from '../lib/contract/describe/index.ts';
import type { Settings } from '../lib/config.ts';
import { DESCRIPTION, TITLE, VERSION } from '../lib/project.ts';
import { routersFor } from '../routes/index.ts';

/** Returns the document of the service as it is with `settings`. */
export function openApiDocument(settings: Settings): Described {
  const routers = routersFor(settings);
  const endpoints = routers.flatMap((router) => router.endpoints);
  const tags: Record<string, string> = {};
  for (const { tag, about } of routers) tags[tag] ??= about;
  return document(TITLE, DESCRIPTION, VERSION, endpoints, tags);
}
