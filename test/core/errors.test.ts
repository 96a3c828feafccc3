import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { AppError, ConfigError, FlowError, SendError, StoreError, errorCatalogue } from '../../src/core/errors.js';
import { root } from '../fixtures/assets.js';

describe('the catalogue of errors', () => {
  it('is the table of the README, code by code and word by word', () => {
    const readme = readFileSync(join(root, 'README.md'), 'utf8');
    const codes = Object.keys(errorCatalogue);
    const rows = [...readme.matchAll(/^\| `([a-z_]+)` \| (.+) \|$/gm)].map(([, code, meaning]) => [code, meaning]);
    expect(Object.fromEntries(rows.filter(([code]) => code?.includes('_')))).toEqual(errorCatalogue);
    expect(rows.filter(([code]) => code?.includes('_')).map(([code]) => code)).toEqual(codes);
  });
});

describe('an error', () => {
  it('has its own name, a stable code, and what caused it', () => {
    const cause = new Error('disk');
    const error = new StoreError('store_failed', 'It failed', { cause });
    expect(error).toBeInstanceOf(AppError);
    expect(error).toMatchObject({ name: 'StoreError', code: 'store_failed', message: 'It failed', cause });
  });

  it.each([
    [new ConfigError(['PORT is wrong', 'HOST is wrong']), 'config_invalid'],
    [new FlowError(['PORT is wrong', 'HOST is wrong']), 'flows_invalid'],
  ])('of files and variables lists every problem: %s', (error, code) => {
    expect(error.code).toBe(code);
    expect(error.message).toMatch(/2 problem\(s\):\n {2}- PORT is wrong\n {2}- HOST is wrong$/);
    expect(error.problems).toHaveLength(2);
  });

  it.each([
    ['blocked', false],
    ['not_found', false],
    ['invalid', false],
    ['rate_limited', true],
    ['unavailable', true],
    ['unauthorised', true],
  ] as const)('of sending knows whether to try again: %s', (kind, retryable) => {
    expect(new SendError(kind, 'It failed')).toMatchObject({ code: 'send_failed', kind, retryable });
  });
});
