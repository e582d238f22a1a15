/** The whole document, from the endpoints that a framework serves. */

import { type Described, failures } from './answers.ts';
import { Components } from './components.ts';
import { SCHEMES } from './security.ts';

const VERSION = '3.1.0';

const EVERYWHERE = `\
Every answer with a status of 400 or above holds an \`Error\`. A path that is not listed here is
answered 404, a method that a path lacks 405 with the header \`Allow\`. HEAD works wherever GET does,
OPTIONS on every path. A parameter or member that is not listed here is refused, never ignored.
Besides the headers that are listed, every answer has \`Cache-Control\`, \`Vary\` and headers that
keep browsers from doing more with it than was meant.`;

/** How every endpoint answers a body that will not do. */
export const INVALID = failures(['VALIDATION_ERROR'])['422'];

/** One method of one path, and all that its router says about it. */
export interface Endpoint {
  /** The path, whose variable parts stand in it as `{id}`. */
  readonly path: string;
  readonly method: string;
  readonly operationId: string;
  readonly tags: readonly string[];
  /** What it does: a summary, and after an empty line perhaps more. */
  readonly text: string;
  readonly described: Described;
}

/** The OpenAPI document of `endpoints`; `tags` holds what each tag stands for. */
export function document(
  title: string,
  description: string,
  version: string,
  endpoints: Iterable<Endpoint>,
  tags: Readonly<Record<string, string>>,
): Described {
  const hasSchemes = Object.keys(SCHEMES).length > 0;
  const components = new Components(hasSchemes ? { securitySchemes: { ...SCHEMES } } : {});
  const paths: Record<string, Record<string, Described>> = {};
  for (const endpoint of endpoints) {
    const item = (paths[endpoint.path] ??= {});
    item[endpoint.method.toLowerCase()] = operation(endpoint, components);
  }
  return {
    openapi: VERSION,
    info: {
      title,
      description: `${description}\n\n${EVERYWHERE}`,
      version,
      contact: { name: `Maintainers of ${title}` },
    },
    servers: [{ url: '/' }],
    tags: Object.entries(tags).map(([name, text]) => ({ name, description: text })),
    paths,
    components: components.sections,
  };
}

function operation(endpoint: Endpoint, components: Components): Described {
  const [summary = '', ...rest] = endpoint.text.trim().split('\n\n');
  const { description, ...described } = components.resolveParts(endpoint.described);
  const texts = [rest.join('\n\n').trim(), description].filter(Boolean);
  return {
    operationId: endpoint.operationId,
    summary: summary.split(/\s+/).join(' ').replace(/\.$/, ''),
    tags: endpoint.tags,
    description: texts.join('\n\n') || summary,
    ...described,
  };
}
