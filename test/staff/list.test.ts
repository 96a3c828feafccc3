import { expect, it } from 'vitest';
import { z } from 'zod';
import type { AuditRecord } from '../../src/staff/audit.js';
import { pageQuery, readPage } from '../../src/staff/list.js';
import { describeOnEachStore } from '../fixtures/stores.js';

describeOnEachStore('a long list of one moment', (open) => {
  it('takes every cursor that it gives, and names nobody in it', async () => {
    const { store } = await open();
    const records = store.collection<AuditRecord>('audit');
    const ids = Array.from({ length: 450 }, (_, number) => `whatsapp/${966_500_000_000 + number}@s.whatsapp.net`);
    const entry = { at: 1000, by: 'x', action: 'counted', about: null, outcome: 'done' } as const;
    await Promise.all(ids.map((_id) => records.insert({ ...entry, _id })));
    const query = z.strictObject(pageQuery);
    const seen: string[] = [];
    for (let next: string | null | undefined; next !== null;) {
      const { cursor } = query.parse(next === undefined ? {} : { cursor: next });
      const page = await readPage(records, { filter: { at: { $gte: 0 } }, order: 'at', cursor, limit: 200 });
      seen.push(...page.items.map(({ _id }) => _id));
      next = page.next;
      expect(Buffer.from(next ?? '', 'base64url').toString()).not.toContain('966');
    }
    expect(seen.toSorted()).toEqual(ids);
  });
});
