import { afterAll, beforeAll, expect, it } from 'vitest';
import type { AuditRecord } from '../../src/staff/audit.js';
import { readPage } from '../../src/staff/list.js';
import type { Collection, Store } from '../../src/store/collection.js';
import { admin, signedIn, signIn, startStaff, stranger, type StaffClient } from '../fixtures/staff.js';
import { describeOnEachStore } from '../fixtures/stores.js';

interface Entry {
  by: string;
  action: string;
  about: string | null;
  outcome: string;
  at: string;
}

describeOnEachStore('the audit log', (open) => {
  let running: Awaited<ReturnType<typeof startStaff>>;
  let store: Store;
  let boss: StaffClient;
  let officer: StaffClient;

  beforeAll(async () => {
    store = (await open()).store;
    running = await startStaff(store);
    boss = await signIn(running.base, admin);
    officer = await signedIn(running.base, ['officer']);
  });
  afterAll(() => running.close());

  const entries = async (query: string): Promise<Entry[]> => (await boss(`/audit?${query}`)).body.items;

  it('tells the story of an account, the newest first', async () => {
    await boss(`/accounts/${officer.id}`, { method: 'PATCH', body: { roles: ['researcher'] } });
    running.later(1);
    await officer('/session/password', { body: { present: 'wrong', password: 'a good new password' } });
    running.later(1);
    await officer('/session', { method: 'DELETE' });
    await officer('/session', { method: 'DELETE' });
    const story = await entries(`about=${officer.id}`);
    expect(story.map(({ action, outcome }) => `${action} ${outcome}`)).toEqual([
      'signed_out done',
      'password_changed refused',
      'account_changed done',
      'signed_in done',
      'invitation_accepted done',
      'account_created done',
    ]);
    expect(story.map(({ by }) => by)).toEqual([officer.id, officer.id, boss.id, officer.id, 'stranger', boss.id]);
    const times = story.map(({ at }) => at);
    expect(times).toEqual(times.toSorted().toReversed());
  });

  it('has failures to sign in, by account or by a mark that tells nobody the address', async () => {
    const ask = stranger(running.base);
    const guess = (email: string) => ask('/session', { body: { email, password: 'a guess' } });
    await guess(admin.email);
    await guess('unknown-person@example.org');
    await guess('Unknown-Person@example.org');
    const [third, second, first] = await entries('by=stranger');
    expect(first).toMatchObject({ action: 'signed_in', about: boss.id, outcome: 'refused' });
    expect(second?.about).toMatch(/^[\w-]{22}$/);
    expect(third?.about).toBe(second?.about);
  });

  it('is for administrators, and keeps no name, address, password or token', async () => {
    expect((await stranger(running.base)('/audit')).status).toBe(401);
    const other = await signedIn(running.base, ['officer', 'researcher', 'committee']);
    expect((await other('/audit')).status).toBe(403);
    expect((await entries(`by=${other.id}`))[0]?.action).toBe('signed_in');
    const all = JSON.stringify(await store.collection('audit').find({ at: { $gte: 0 } }));
    expect(all).not.toMatch(/@|موظف|guess|password of/);
    expect(all).not.toContain(other.cookie.split('=')[1]);
  });

  it('is read page by page while it grows, and can be asked by whom and about what at once', async () => {
    const first = (await boss('/audit?limit=3')).body;
    const seen = first.items.map(({ id }: { id: string }) => id);
    let { next } = first;
    while (next !== null) {
      await stranger(running.base)('/session', { body: { email: 'more@example.org', password: 'x' } });
      const page = (await boss(`/audit?limit=3&cursor=${next}`)).body;
      seen.push(...page.items.map(({ id }: { id: string }) => id));
      next = page.next;
    }
    expect(seen).toHaveLength(first.total);
    expect(new Set(seen).size).toBe(first.total);
    const both = await entries(`by=${boss.id}&about=${officer.id}`);
    expect(both.map(({ action }) => action)).toEqual(['account_changed', 'account_created']);
  });
});

describeOnEachStore('a list of records of the same moment', (open) => {
  const record = (number: number, at: number) =>
    ({ _id: `${number}`, at, by: 'x', action: 'counted', about: null, outcome: 'done' }) as const;

  async function pages(records: Collection<AuditRecord>, newestFirst: boolean): Promise<string[]> {
    const seen: string[] = [];
    let cursor: [number | string, string[]] | undefined;
    for (;;) {
      const page = await readPage(records, { filter: { at: { $gte: 0 } }, order: 'at', newestFirst, cursor, limit: 4 });
      seen.push(...page.items.map(({ _id }) => _id));
      if (page.next === null) return seen;
      cursor = JSON.parse(Buffer.from(page.next, 'base64url').toString());
    }
  }

  it('shows each once, in both directions', async () => {
    const { store } = await open();
    const records = store.collection<AuditRecord>('audit');
    for (let number = 0; number < 23; number += 1) await records.insert(record(number, number < 15 ? 1000 : 2000));
    for (const newestFirst of [true, false]) {
      const seen = await pages(records, newestFirst);
      expect(seen).toHaveLength(23);
      expect(new Set(seen).size).toBe(23);
    }
  });
});
