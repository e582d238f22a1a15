/** The command that prints the OpenAPI document. */

import { openApiDocument } from '../http/openapi.ts';
import { getSettings } from '../lib/config.ts';
import type { Command } from './command.ts';

/** Prints the document as JSON. */
export const openapi: Command = {
  help: 'print the OpenAPI document',
  words: [],
  flags: {},
  run: async () => JSON.stringify(openApiDocument(getSettings()), null, 2),
};
