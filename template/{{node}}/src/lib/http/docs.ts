/** The page that shows the OpenAPI document and loads nothing from another host. */

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';

import { notFound } from '../errors.ts';
import type { Answer } from './answers.ts';

const ASSETS = path.resolve('assets/swagger-ui');
const TYPES: Readonly<Record<string, string>> = {
  'favicon-32x32.png': 'image/png',
  'initializer.js': 'text/javascript; charset=utf-8',
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
  'swagger-ui.css': 'text/css; charset=utf-8',
};
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; " +
  "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
const KEPT = { 'Cache-Control': 'public, max-age=31536000, immutable', Vary: 'Origin' };

const assets = new Map<string, Buffer>();

/** Returns the answer that sends whoever opens the service to its documentation. */
export function toDocs(): Answer {
  return { status: 303, headers: { Location: '/docs' } };
}

/** Returns the page. */
export function docsPage(title: string): Answer {
  const headers = {
    'Content-Security-Policy': POLICY,
    'Content-Type': 'text/html; charset=utf-8',
  };
  return { status: 200, headers, body: pageOf(escape(title)) };
}

/** Returns a file of the page; its address changes whenever it does. */
export function docsAsset(name: string): Answer {
  const type = Object.hasOwn(TYPES, name) ? TYPES[name] : undefined;
  if (type === undefined) throw notFound();
  return { status: 200, headers: { ...KEPT, 'Content-Type': type }, body: read(name) };
}

function pageOf(title: string): string {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${title}</title>
    <link rel="icon" type="image/png" href="${link('favicon-32x32.png')}">
    <link rel="stylesheet" href="${link('swagger-ui.css')}">
  </head>
  <body>
    <div id="swagger-ui"></div>
    <script src="${link('swagger-ui-bundle.js')}"></script>
    <script src="${link('initializer.js')}"></script>
  </body>
</html>
`;
}

function link(name: string): string {
  const fingerprint = createHash('sha256').update(read(name)).digest('hex').slice(0, 16);
  return `docs/${name}?${fingerprint}`;
}

function read(name: string): Buffer {
  let content = assets.get(name);
  if (content === undefined) {
    content = readFileSync(path.join(ASSETS, name));
    assets.set(name, content);
  }
  return content;
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
