import { expect, it } from 'vitest';
import { systemIds } from '../../src/core/ids.js';
import { createLease, type LeaseRecord } from '../../src/store/lease.js';
import { describeOnEachStore } from '../fixtures/stores.js';

describeOnEachStore('a lease', (open) => {
  let number = 0;

  async function setUp() {
    const { store } = await open();
    const name = `lease-${(number += 1)}`;
    const time = { now: 1_000 };
    const clock = { now: () => time.now };
    const records = store.collection<LeaseRecord>('settings');
    const instance = (alone = false) => createLease({ records, name, forMs: 60, alone, clock, ids: systemIds });
    return { time, one: instance(), other: instance(), lonely: instance(true) };
  }

  it('is held by one of two who want it at once', async () => {
    const { one, other } = await setUp();
    const taken = await Promise.all([one.take(), other.take()]);
    expect(taken.filter(Boolean)).toHaveLength(1);
  });

  it('stays with who renews it, and goes to another once it has run out', async () => {
    const { time, one, other } = await setUp();
    await one.take();
    time.now += 50;
    expect(await one.renew()).toBe(true);
    time.now += 50;
    expect(await other.take()).toBe(false);
    time.now += 10;
    expect(await other.take()).toBe(true);
    expect(await one.renew()).toBe(false);
    expect(await one.take()).toBe(false);
  });

  it('is taken at once from a process that is dead, where nobody else can be alive', async () => {
    const { one, lonely } = await setUp();
    await one.take();
    expect(await lonely.take()).toBe(true);
    expect(await one.renew()).toBe(false);
  });

  it('is free at once when it was given back, and cannot be given back by somebody else', async () => {
    const { one, other } = await setUp();
    await one.take();
    await other.release();
    expect(await other.take()).toBe(false);
    await one.release();
    expect(await other.take()).toBe(true);
  });
});
