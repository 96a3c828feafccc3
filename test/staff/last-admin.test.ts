import { expect, it } from 'vitest';
import { systemClock } from '../../src/core/clock.js';
import { systemIds } from '../../src/core/ids.js';
import type { AccountRecord } from '../../src/staff/account.js';
import { createAccounts } from '../../src/staff/accounts.js';
import { describeOnEachStore } from '../fixtures/stores.js';

describeOnEachStore('the last administrator', (open) => {
  it('is never put down, not even for a moment in which the process may die', async () => {
    const { store } = await open();
    const records = store.collection<AccountRecord>('accounts');
    const accounts = createAccounts({ records, clock: systemClock, ids: systemIds });
    const made = { name: 'منى', roles: ['admin'], locale: 'ar' } satisfies Partial<AccountRecord>;
    const boss = await accounts.create({ ...made, email: 'boss@example.org', password: 'a hash' });
    await accounts.create({ ...made, email: 'invited@example.org', password: null });
    if (boss.type !== 'created') throw new Error('the address is taken');
    const { _id } = boss.account;
    expect(await accounts.change(_id, { roles: ['officer'] })).toEqual({ type: 'last_admin' });
    expect(await accounts.change(_id, { status: 'disabled' })).toEqual({ type: 'last_admin' });
    expect(await accounts.get(_id)).toEqual(boss.account);
    expect(await accounts.change(_id, { roles: ['admin', 'officer'], name: 'هند' })).toMatchObject({ type: 'changed' });
  });
});
