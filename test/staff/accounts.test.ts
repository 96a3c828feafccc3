import { afterEach, expect, it } from 'vitest';
import type { StaffOptions } from '../../src/staff/index.js';
import { admin, signedIn, signIn, startStaff, stranger } from '../fixtures/staff.js';
import { describeOnEachStore } from '../fixtures/stores.js';

const day = 24 * 60 * 60 * 1000;
const password = 'four words of a person';
const person = { email: 'noura@example.org', name: 'نورة', roles: ['officer', 'committee', 'officer'], locale: 'en' };

describeOnEachStore('the set-up link', (open) => {
  it('makes the first administrator once, and only until there is an account', async () => {
    const { store } = await open();
    const first = await startStaff(store, { admin: undefined });
    await first.close();
    const { base, setUpToken, close } = await startStaff(store, { admin: undefined });
    const ask = stranger(base);
    const self = { password, email: 'First@Example.org', name: 'مها' };
    expect((await ask(`/invitations/${first.setUpToken}`, { body: self })).status).toBe(404);
    expect((await ask(`/invitations/${setUpToken}`)).body).toEqual({ type: 'set_up', email: null, name: null });

    const alone = await ask(`/invitations/${setUpToken}`, { body: { password } });
    expect([alone.status, alone.body.errors]).toEqual([400, [{ path: 'email' }, { path: 'name' }]]);
    const short = await ask(`/invitations/${setUpToken}`, { body: { ...self, password: 'short' } });
    expect([short.status, short.body.errors[0].path]).toEqual([400, 'password']);

    const both = await Promise.all(
      ['one', 'two'].map((name) =>
        ask(`/invitations/${setUpToken}`, { body: { ...self, email: `${name}@example.org` } }),
      ),
    );
    expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 404]);
    const made = both.find(({ status }) => status === 200)?.body;
    expect(made).toMatchObject({ roles: ['admin'], locale: 'ar', status: 'active', name: 'مها' });
    const boss = await signIn(base, { email: made.email, password });
    expect((await boss('/accounts')).body.total).toBe(1);
    await close();
    const again = await startStaff(store, { admin: undefined });
    expect(again.setUpToken).toBeUndefined();
    await again.close();
  });
});

describeOnEachStore('the set-up link, after a day', (open) => {
  it('is not valid any more', async () => {
    const { store } = await open();
    const { base, setUpToken, later, close } = await startStaff(store, { admin: undefined });
    later(day + 1);
    const answer = await stranger(base)(`/invitations/${setUpToken}`, {
      body: { password, email: 'a@b.org', name: 'a' },
    });
    expect(answer.status).toBe(404);
    await close();
  });
});

describeOnEachStore('the first administrator of the configuration', (open) => {
  it('is made once; a later start changes nothing', async () => {
    const { store } = await open();
    await (await startStaff(store)).close();
    const other = { email: 'other@example.org', password: 'another good password' };
    const { base, close, setUpToken } = await startStaff(store, { admin: { ...admin, password: other.password } });
    expect(setUpToken).toBeUndefined();
    await expect(signIn(base, { ...admin, password: other.password })).rejects.toThrow('401');
    expect((await (await signIn(base, admin))('/accounts')).body.total).toBe(1);
    await close();
    const third = await startStaff(store, { admin: other });
    await expect(signIn(third.base, other)).rejects.toThrow('401');
    await third.close();
  });
});

describeOnEachStore('accounts', (open) => {
  const running: { close(): Promise<void> }[] = [];
  afterEach(async () => {
    await Promise.all(running.splice(0).map((one) => one.close()));
    await (await open()).store.collection('accounts').deleteMany({ at: { $gte: 0 } });
  });

  async function start(own: Partial<StaffOptions> = {}) {
    const { store } = await open();
    const staff = await startStaff(store, own);
    running.push(staff);
    return { ...staff, store, boss: await signIn(staff.base, admin), ask: stranger(staff.base) };
  }

  it('are made with an invitation that is used once', async () => {
    const { base, boss, ask, store } = await start();
    const { status, body } = await boss('/accounts', { body: person });
    expect(status).toBe(201);
    expect(await ask(`/invitations/${body.invitation}`)).toMatchObject({
      body: { type: 'invitation', email: person.email, name: person.name },
    });
    expect(JSON.stringify(await store.collection('invitations').find({ expires: { $gt: 0 } }))).not.toContain(
      body.invitation,
    );
    await expect(signIn(base, { email: person.email, password })).rejects.toThrow('401');

    const both = await Promise.all([1, 2].map(() => ask(`/invitations/${body.invitation}`, { body: { password } })));
    expect(both.map((answer) => answer.status).toSorted((a, b) => a - b)).toEqual([200, 404]);
    expect((await ask(`/invitations/${body.invitation}`)).status).toBe(404);
    const client = await signIn(base, { email: person.email, password });
    const own = await client('/session');
    expect(own.body).toMatchObject({ id: body.id, roles: ['officer', 'committee'], locale: 'en', status: 'active' });
  });

  it('are refused when the address is taken or not one, and by the name of what is wrong', async () => {
    const { boss } = await start();
    await boss('/accounts', { body: person });
    expect((await boss('/accounts', { body: { ...person, email: 'NOURA@example.org' } })).status).toBe(409);
    const wrong = await boss('/accounts', { body: { email: 'noura', name: ' ', roles: ['king'], locale: 'fr', x: 1 } });
    expect(wrong.status).toBe(400);
    expect(wrong.body.errors.map(({ path }: { path: string }) => path).toSorted()).toEqual(
      ['', 'email', 'locale', 'name', 'roles.0'], // prettier-ignore
    );
    expect(wrong.body.errors.every(({ detail }: { detail: string }) => /[ء-ي]/.test(detail))).toBe(true);
  });

  it('take an invitation for seven days, the newest one only, and no name with it', async () => {
    const { boss, ask, later, base } = await start();
    const { body } = await boss('/accounts', { body: person });
    const again = await boss(`/accounts/${body.id}/invitation`, { body: {} });
    expect(again.status).toBe(201);
    expect((await ask(`/invitations/${body.invitation}`, { body: { password } })).status).toBe(404);
    const named = await ask(`/invitations/${again.body.invitation}`, { body: { password, name: 'x' } });
    expect(named.status).toBe(409);
    later(7 * day + 1);
    expect((await ask(`/invitations/${again.body.invitation}`, { body: { password } })).status).toBe(404);
    const third = await (await signIn(base, admin))(`/accounts/${body.id}/invitation`, { method: 'POST' });
    expect((await ask(`/invitations/${third.body.invitation}`, { body: { password } })).status).toBe(200);
  });

  it('lose their sessions and their invitation when they are disabled', async () => {
    const { boss, base, ask } = await start();
    const officer = await signedIn(base, ['officer']);
    const { body } = await boss(`/accounts/${officer.id}/invitation`, { body: {} });
    const changed = await boss(`/accounts/${officer.id}`, { method: 'PATCH', body: { status: 'disabled' } });
    expect(changed.body.status).toBe('disabled');
    expect((await officer('/session')).status).toBe(401);
    await expect(signIn(base, officer)).rejects.toThrow('401');
    expect((await ask(`/invitations/${body.invitation}`, { body: { password } })).status).toBe(404);
    expect((await boss(`/accounts/${officer.id}/invitation`, { body: {} })).status).toBe(409);
    await boss(`/accounts/${officer.id}`, { method: 'PATCH', body: { status: 'active' } });
    expect((await officer('/session')).status).toBe(401);
    await signIn(base, officer);
  });

  it('change at once, and not over the change of somebody else', async () => {
    const { boss, base } = await start();
    const officer = await signedIn(base, ['officer']);
    expect((await officer('/accounts')).status).toBe(403);
    const patch = (body: object) => boss(`/accounts/${officer.id}`, { method: 'PATCH', body });
    const { body } = await patch({ roles: ['admin', 'officer'], name: 'سارة' });
    expect(body).toMatchObject({ roles: ['admin', 'officer'], name: 'سارة' });
    expect((await officer('/accounts')).status).toBe(200);
    expect((await patch({ name: 'هند', version: body.version - 1 })).status).toBe(409);
    expect((await patch({ name: 'هند', version: body.version })).body.name).toBe('هند');
    expect((await boss('/accounts/nobody', { method: 'PATCH', body: { name: 'x' } })).status).toBe(404);
  });

  it('always leave one administrator, also when two remove each other at the same moment', async () => {
    const { boss, base } = await start();
    for (const body of [{ status: 'disabled' }, { roles: ['officer'] }]) {
      const refused = await boss(`/accounts/${boss.id}`, { method: 'PATCH', body });
      expect(refused.status).toBe(409);
    }
    expect((await boss('/session')).body).toMatchObject({ roles: ['admin'], status: 'active' });
    // One who was invited only cannot act yet.
    await boss('/accounts', { body: { ...person, roles: ['admin'] } });
    expect((await boss(`/accounts/${boss.id}`, { method: 'PATCH', body: { roles: ['officer'] } })).status).toBe(409);

    const second = await signedIn(base, ['admin']);
    const body = { roles: ['officer'] };
    await Promise.all([
      boss(`/accounts/${second.id}`, { method: 'PATCH', body }),
      second(`/accounts/${boss.id}`, { method: 'PATCH', body }),
    ]);
    const left = await Promise.all([boss('/accounts'), second('/accounts')]);
    expect(left.some(({ status }) => status === 200)).toBe(true);
  });

  it('are listed page by page, the oldest first', async () => {
    const { boss, later } = await start();
    for (let number = 0; number < 5; number += 1) {
      // Which of two of the same moment is the older, nobody knows.
      later(1);
      await boss('/accounts', { body: { ...person, email: `p${number}@example.org` } });
    }
    const emails: string[] = [];
    let cursor = '';
    do {
      const { body } = await boss(`/accounts?limit=2${cursor}`);
      expect(body.total).toBe(6);
      emails.push(...body.items.map((item: { email: string }) => item.email));
      cursor = body.next === null ? '' : `&cursor=${body.next}`;
    } while (cursor !== '');
    expect(emails).toEqual([admin.email, ...[0, 1, 2, 3, 4].map((number) => `p${number}@example.org`)]);
    for (const query of ['cursor=x', 'cursor=e30', 'limit=0', 'limit=1e3', 'limit=', 'other=1', 'limit=1&limit=2']) {
      expect((await boss(`/accounts?${query}`)).status).toBe(400);
    }
  });
});
