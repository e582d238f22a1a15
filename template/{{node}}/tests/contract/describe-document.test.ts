/** The whole document, from endpoints that describe themselves. */

import { expect, test } from 'vitest';

import * as describe from '../../src/lib/contract/describe/index.ts';
import { SCHEMES } from '../../src/lib/contract/describe/security.ts';
import { Sample, SampleCreate } from './library.ts';

const ENDPOINT: describe.Endpoint = {
  path: '/api/v1/samples',
  method: 'PUT',
  operationId: 'put_sample',
  tags: ['samples'],
  text: 'Put a\nsample.\n\nAnd more.',
  described: describe.endpoint(200, {
    answer: Sample,
    body: SampleCreate,
    needsAccount: true,
    isPatch: true,
    mayAccept: true,
    parameters: [describe.ROW_ID, describe.pathParameter('role', 'The name of a role.')],
    codes: ['CONFLICT', 'VERSION_MISMATCH'],
    headers: ['Cache-Control'],
  }),
};
const write = (...endpoints: describe.Endpoint[]) =>
  describe.document('Samples', 'All of them.', '1', endpoints, { samples: 'Some.' });

test('a document names the service, its tags and how callers authenticate', () => {
  expect(write()).toMatchObject({
    openapi: '3.1.0',
    info: { title: 'Samples', version: '1', contact: { name: 'Maintainers of Samples' } },
    tags: [{ name: 'samples', description: 'Some.' }],
    paths: {},
    components: Object.keys(SCHEMES).length > 0 ? { securitySchemes: SCHEMES } : {},
  });
});

test('an operation is told in the words of its text', () => {
  const { paths } = write(ENDPOINT);
  expect(paths).toMatchObject({
    '/api/v1/samples': {
      put: { operationId: 'put_sample', summary: 'Put a sample', description: 'And more.' },
    },
  });
});

test('an operation without more to tell is described by its summary', () => {
  const endpoint = { ...ENDPOINT, text: 'Put it.', described: describe.endpoint(204) };
  expect(write(endpoint)['paths']).toMatchObject({
    '/api/v1/samples': { put: { summary: 'Put it', description: 'Put it.', security: [] } },
  });
});

test('an operation lists every answer, by reference where others have the same', () => {
  const { paths, components } = write(ENDPOINT);
  const codes = 'ConflictOrVersionMismatch';
  expect(paths).toHaveProperty(
    ['/api/v1/samples', 'put', 'responses', '409', '$ref'],
    `#/components/responses/${codes}`,
  );
  expect(paths).toHaveProperty(['/api/v1/samples', 'put', 'responses', '202', 'description']);
  expect(paths).toHaveProperty([
    '/api/v1/samples',
    'put',
    'requestBody',
    'content',
    'application/merge-patch+json',
  ]);
  expect(components).toHaveProperty(['responses', codes, 'content']);
  expect(components).toHaveProperty(['headers', 'Cache-Control', 'required'], true);
});
