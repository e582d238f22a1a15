/** The OpenAPI document, and the page that shows it. */

import type { Settings } from '../lib/config.ts';
import { json } from '../lib/http/answers.ts';
import { docsAsset, docsPage, toDocs } from '../lib/http/docs.ts';
import { TITLE } from '../lib/project.ts';
import { openApiDocument } from './openapi.ts';
import type { Handler, Route } from './routes.ts';

/** Returns the routes; nobody is limited here. */
export function docsRoutes(settings: Settings): Route[] {
  let document: unknown;
  const showDocument: Handler = () => json((document ??= openApiDocument(settings)));
  return [
    { method: 'get', path: '/api/v1/openapi.json', handler: showDocument, isLimited: false },
    { method: 'get', path: '/', handler: toDocs, isLimited: false },
    { method: 'get', path: '/docs', handler: () => docsPage(TITLE), isLimited: false },
    {
      method: 'get',
      path: '/docs/:name',
      handler: (call) => docsAsset(call.parameter('name')),
      isLimited: false,
    },
  ];
}
