/** The endpoints that tell supervisors how the service is. */

import { alive, ready } from '../lib/http/health.ts';
import type { Service } from '../lib/http/service.ts';
import type { Route } from './routes.ts';

/** Returns the routes; nobody is limited here. */
export function healthRoutes(service: Service): Route[] {
  return [
    { method: 'get', path: '/healthz', handler: alive, isLimited: false },
    { method: 'get', path: '/readyz', handler: () => ready(service), isLimited: false },
  ];
}
