import { expect, expectTypeOf, it } from 'vitest';
import { z } from 'zod';
import type { AccountRecord } from '../../src/staff/account.js';
import { problem } from '../../src/staff/problem.js';
import { defineCall } from '../../src/staff/route.js';

const common = { method: 'get', path: '/x', summary: 'x', answer: z.object({ count: z.number() }) } as const;

it('A call gives its handler the types of its schemas', () => {
  const call = defineCall({
    ...common,
    roles: ['officer'],
    params: z.strictObject({ reference: z.string() }),
    query: z.strictObject({ limit: z.string().transform(Number).optional() }),
    handle({ account, params, query }) {
      expectTypeOf(account).toEqualTypeOf<AccountRecord>();
      expectTypeOf(params.reference).toEqualTypeOf<string>();
      expectTypeOf(query.limit).toEqualTypeOf<number | undefined>();
      return problem(404, 'staff.unknownAccount');
    },
  });
  expect(call.path).toBe('/x');
  defineCall({
    ...common,
    method: 'post',
    roles: 'anyone',
    body: 'csv',
    audit: 'own',
    handle({ account, body }) {
      expectTypeOf(account).toEqualTypeOf<AccountRecord | undefined>();
      expectTypeOf(body).toEqualTypeOf<string>();
      return { count: 1 };
    },
  });
});

it('A call that answers something else than it documents, or changes something unaudited, does not compile', () => {
  // @ts-expect-error -- count is a number
  defineCall({ ...common, roles: 'signed-in', handle: () => ({ count: 'one' }) });
  // @ts-expect-error -- there is no audit
  defineCall({ ...common, method: 'post', roles: 'signed-in', handle: () => ({ count: 1 }) });
  // @ts-expect-error -- there is no such role
  defineCall({ ...common, roles: ['king'], handle: () => ({ count: 1 }) });
  expect(true).toBe(true);
});
