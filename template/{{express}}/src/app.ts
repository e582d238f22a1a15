/** The application: what is mounted where, and what runs around it. */

import express, { type Express } from 'express';

import type { Service } from './lib/http/service.ts';
import { Offered, serve } from './http/routes.ts';
import { exchange } from './middleware/exchange.ts';
import { failures } from './middleware/failures.ts';
import { missing, options } from './middleware/methods.ts';
import { docsRoutes } from './http/docs.ts';
import { healthRoutes } from './http/health.ts';
import { routersFor } from './routes/index.ts';

/** Returns the application that serves `service` with all that `routers` offer. */
export function createApp(service: Service, routers = routersFor(service.settings)): Express {
  const { settings } = service;
  const routes = [
    ...routers.flatMap((router) => router.routes),
    ...healthRoutes(service),
    ...docsRoutes(settings),
  ];
  const offered = new Offered(routes);
  const app = express();
  app.disable('x-powered-by').disable('etag').enable('strict routing');
  app.set('query parser', false);
  app.use(exchange(service));
  app.use(options(service, offered));
  app.use(serve(service, routes));
  app.use(missing(offered));
  app.use(failures);
  return app;
}
