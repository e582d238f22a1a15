/**
 * The OpenAPI description of each endpoint, made from what the endpoint itself works with.
 *
 * Routes pass what these functions return when they are added; `document` puts it together.
 */

export type { Described, Header } from './answers.ts';
export { document, type Endpoint } from './document.ts';
export {
  createOf,
  deleteOf,
  endpoint,
  type EndpointOptions,
  getOf,
  listOf,
  updateOf,
} from './operations.ts';
export { pathParameter, ROW_ID } from './parameters.ts';
