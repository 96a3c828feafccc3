import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { systemIds } from '../../src/core/ids.js';
import { listOf, pageQuery } from '../../src/staff/list.js';
import { defineCall } from '../../src/staff/route.js';
import { openStore } from '../../src/store/open.js';
import type { OpenedStore } from '../../src/store/opened.js';
import { startStaff, stranger } from '../fixtures/staff.js';

const thing = z.object({ name: z.string() }).meta({ id: 'Thing' });

const calls = [
  defineCall({
    method: 'get',
    path: '/things',
    summary: 'Things',
    roles: ['officer'],
    query: z.strictObject({ status: z.enum(['new', 'old']).optional(), ...pageQuery }),
    answer: listOf(thing),
    handle: () => ({ items: [], total: 0, next: null }),
  }),
  defineCall({
    method: 'post',
    path: '/things/{id}/import',
    summary: 'Import things',
    roles: 'signed-in',
    params: z.strictObject({ id: z.string() }),
    body: 'csv',
    answer: thing,
    audit: 'own',
    handle: () => ({ name: '' }),
  }),
  defineCall({
    method: 'get',
    path: '/things/{id}/file',
    summary: 'A file',
    roles: 'signed-in',
    params: z.strictObject({ id: z.string() }),
    answer: { contentType: 'application/octet-stream' },
    handle: () => ({ content: '' }),
  }),
];

interface Operation {
  operationId: string;
  security: object[];
  parameters?: { name: string; in: string; required?: boolean }[];
  requestBody?: { content: object };
  responses: Record<string, { content?: object }>;
}

const folder = mkdtempSync(join(tmpdir(), 'wasl-openapi-'));
let opened: OpenedStore;
let running: Awaited<ReturnType<typeof startStaff>>;
let document: { openapi: string; paths: Record<string, Record<string, Operation>>; components: object };

beforeAll(async () => {
  opened = await openStore({ dataFolder: folder, ids: systemIds });
  running = await startStaff(opened.store, { calls });
  document = (await stranger(running.base)('/openapi.json')).body;
});

afterAll(async () => {
  await running.close();
  await opened.store.close();
  rmSync(folder, { recursive: true });
});

const operations = () =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );

describe('the description of the API', () => {
  it('has every call, those that are handed in and itself among them', () => {
    expect(document.openapi).toBe('3.1.0');
    expect(
      operations()
        .map(({ method, path }) => `${method} ${path}`)
        .toSorted(),
    ).toEqual(
      [
        'delete /session',
        'get /accounts',
        'get /audit',
        'get /invitations/{token}',
        'get /openapi.json',
        'get /session',
        'get /things',
        'get /things/{id}/file',
        'patch /accounts/{id}',
        'post /accounts',
        'post /accounts/{id}/invitation',
        'post /invitations/{token}',
        'post /session',
        'post /session/password',
        'post /things/{id}/import',
      ], // prettier-ignore
    );
    const ids = operations().map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('refers only to what is in it', () => {
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)].map(([, path = '']) => path);
    const found = (path: string): unknown =>
      path.split('/').reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], document);
    expect(references.length).toBeGreaterThan(10);
    expect(references.filter((path) => found(path) === undefined)).toEqual([]);
    expect(Object.keys((document.components as { schemas: object }).schemas)).toEqual(
      expect.arrayContaining(['Account', 'AuditEntry', 'Problem', 'Thing']),
    );
  });

  it('names every parameter of the address, and who must have signed in', () => {
    for (const { path, operation } of operations()) {
      const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      const inPath = (operation.parameters ?? []).filter((one) => one.in === 'path');
      expect(inPath.map(({ name }) => name)).toEqual(named);
    }
    expect(document.paths['/session']?.['post']?.security).toEqual([]);
    expect(document.paths['/session']?.['get']?.security).toEqual([{ session: [] }]);
    expect((document.components as { securitySchemes: object }).securitySchemes).toEqual({
      session: { type: 'apiKey', in: 'cookie', name: 'wasl' },
    });
  });

  it('tells of success, files and refusals', () => {
    const responsesOf = (method: string, path: string) => document.paths[path]?.[method]?.responses ?? {};
    expect(Object.keys(responsesOf('get', '/things'))).toEqual(['200', '400', '401', '403']);
    expect(Object.keys(responsesOf('post', '/session'))).toEqual(['200', '400', '401', '403', '413', '415', '429']);
    expect(Object.keys(responsesOf('delete', '/session'))).toEqual(['204', '403']);
    expect(Object.keys(responsesOf('get', '/things/{id}/file')['200']?.content ?? {})).toEqual([
      'application/octet-stream',
    ]);
    expect(Object.keys(document.paths['/things/{id}/import']?.['post']?.requestBody?.content ?? {})).toEqual([
      'text/csv',
    ]);
    expect(responsesOf('get', '/things')['403']?.content).toHaveProperty(['application/problem+json']);
  });
});
