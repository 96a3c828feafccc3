import { afterEach, expect, it } from 'vitest';
import type { StaffOptions } from '../../src/staff/index.js';
import { admin, signedIn, signIn, startStaff, stranger } from '../fixtures/staff.js';
import { describeOnEachStore } from '../fixtures/stores.js';

const hour = 60 * 60 * 1000;

describeOnEachStore('signing in', (open) => {
  const running: { close(): Promise<void> }[] = [];
  afterEach(async () => {
    await Promise.all(running.splice(0).map((one) => one.close()));
  });

  async function start(own: Partial<StaffOptions> = {}) {
    const { store } = await open();
    const staff = await startStaff(store, own);
    running.push(staff);
    return staff;
  }

  it('answers with the own account, and a cookie that no script and no other site has', async () => {
    const { base } = await start();
    const answer = await stranger(base)('/session', {
      body: { email: ' ADMIN@example.org ', password: admin.password },
    });
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ email: admin.email, roles: ['admin'], status: 'active' });
    expect(answer.body.password).toBeUndefined();
    const [cookie] = answer.headers.getSetCookie();
    expect(cookie).toMatch(/^wasl=[\w-]{43}; Max-Age=604800; Path=\/; HttpOnly; SameSite=Strict$/);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const own = await stranger(base, cookie?.split(';')[0])('/session');
    expect(own.body).toEqual(answer.body);
  });

  it('binds the cookie to this very host where people come over https', async () => {
    const { base } = await start({ publicUrl: 'https://chat.example.org' });
    const answer = await stranger(base)('/session', { body: admin });
    expect(answer.headers.getSetCookie()[0]).toMatch(/^__Host-wasl=.*; Path=\/; HttpOnly; Secure; SameSite=Strict$/);
  });

  it('keeps the token hashed', async () => {
    const { base } = await start();
    const { cookie } = await signIn(base, admin);
    const { store } = await open();
    const kept = await store.collection('sessions').find({ expires: { $gt: 0 } });
    expect(JSON.stringify(kept)).not.toContain(cookie.split('=')[1]);
    expect(kept.length).toBeGreaterThan(0);
  });

  it('gives the same answer to an unknown address and to a wrong password', async () => {
    const { base } = await start();
    const ask = stranger(base);
    const wrong = await ask('/session', { body: { ...admin, password: 'not the password' } });
    const unknown = await ask('/session', { body: { email: 'nobody@example.org', password: 'not the password' } });
    expect(wrong.status).toBe(401);
    expect(unknown.body).toEqual(wrong.body);
    expect(unknown.headers.getSetCookie()).toEqual([]);
  });

  it('ends with signing out, on the server too', async () => {
    const { base } = await start();
    const client = await signIn(base, admin);
    const out = await client('/session', { method: 'DELETE' });
    expect(out.status).toBe(204);
    expect(out.headers.getSetCookie()[0]).toMatch(/^wasl=; Max-Age=0;/);
    expect((await client('/session')).status).toBe(401);
    expect((await stranger(base)('/session', { method: 'DELETE' })).status).toBe(204);
  });

  it('lasts twelve hours without a call, and seven days with them', async () => {
    const { base, later } = await start();
    const idle = await signIn(base, admin);
    const busy = await signIn(base, admin);
    later(11 * hour);
    expect((await busy('/session')).status).toBe(200);
    later(2 * hour);
    expect([(await idle('/session')).status, (await busy('/session')).status]).toEqual([401, 200]);
    for (let passed = 13; passed < 7 * 24 - 11; passed += 11) {
      later(11 * hour);
      expect((await busy('/session')).status).toBe(200);
    }
    later(11 * hour);
    expect((await busy('/session')).status).toBe(401);
  });

  it('is over everywhere when the password changes, but here', async () => {
    const { base } = await start();
    const here = await signedIn(base, ['officer']);
    const there = await signIn(base, here);
    const wrong = await here('/session/password', { body: { present: 'wrong', password: 'another good password' } });
    expect(wrong.status).toBe(409);
    const right = { present: here.password, password: 'another good password' };
    const changed = await here('/session/password', { body: right });
    expect(changed.status).toBe(200);
    const [cookie] = changed.headers.getSetCookie();
    expect((await stranger(base, cookie?.split(';')[0])('/session')).status).toBe(200);
    expect([(await here('/session')).status, (await there('/session')).status]).toEqual([401, 401]);
    await expect(signIn(base, here)).rejects.toThrow('401');
    await signIn(base, { email: here.email, password: right.password });
  });

  it('is closed to cookies that are none', async () => {
    const { base } = await start();
    for (const cookie of [
      'wasl=',
      'wasl=x',
      'wasl=%00',
      `wasl=${'a'.repeat(4000)}`,
      '=;;',
      '__proto__=1; wasl=%E0%A4%A',
    ]) {
      expect((await stranger(base, cookie)('/session')).status).toBe(401);
    }
  });
});

describeOnEachStore('guessing passwords', (open) => {
  it('ends after ten tries, for unknown addresses too, and says when to come again', async () => {
    const { store } = await open();
    const { base, close } = await startStaff(store);
    const ask = stranger(base);
    for (const email of [admin.email, 'nobody@example.org']) {
      for (let tries = 0; tries < 10; tries += 1) {
        expect((await ask('/session', { body: { email, password: `guess ${tries}` } })).status).toBe(401);
      }
      const refused = await ask('/session', { body: { email, password: admin.password } });
      expect(refused.status).toBe(429);
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(60);
    }
    await close();
  });

  it('in the name of somebody else keeps them out only from where it was done, until it is done from many places', async () => {
    const { store } = await open();
    const { base, close } = await startStaff(store);
    const guess = (from: string, password = 'guess') =>
      stranger(base)('/session', { body: { email: admin.email, password }, headers: { 'x-forwarded-for': from } });
    const many = (from: string) => Promise.all(Array.from({ length: 11 }, () => guess(from)));
    for (let times = 0; times < 10; times += 1) await many('203.0.113.1');
    expect((await guess('203.0.113.1', admin.password)).status).toBe(429);
    expect((await guess('198.51.100.7', admin.password)).status).toBe(200);
    for (let place = 2; place <= 10; place += 1) await many(`203.0.113.${place}`);
    expect((await guess('198.51.100.7', admin.password)).status).toBe(429);
    await close();
  });

  it('does not slip through by many at once', async () => {
    const { store } = await open();
    const { base, close } = await startStaff(store);
    const body = { email: admin.email, password: 'guess' };
    const answers = await Promise.all(Array.from({ length: 30 }, () => stranger(base)('/session', { body })));
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(10);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(20);
    await close();
  });

  it('is counted by address as well, but who knows the password is not', async () => {
    const { store } = await open();
    const { base, close } = await startStaff(store);
    for (let times = 0; times < 70; times += 1) await signIn(base, admin);
    const guess = (number: number) => ({ body: { email: `person${number}@example.org`, password: 'guess' } });
    const answers = await Promise.all(
      Array.from({ length: 70 }, (_, number) => stranger(base)('/session', guess(number))),
    );
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(60);
    await close();
  });
});
