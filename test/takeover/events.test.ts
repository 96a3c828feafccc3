import { expect, it } from 'vitest';
import { createStaffEvents, type EventsRecord } from '../../src/takeover/events.js';
import { describeOnEachStore } from '../fixtures/stores.js';

describeOnEachStore('the events for staff', (openStore) => {
  async function open() {
    const { store } = await openStore();
    const settings = store.collection<EventsRecord>('settings');
    await settings.deleteMany({ _id: 'staff-events' });
    return createStaffEvents({ settings, clock: { now: () => 7 } });
  }

  const named = (about: string) => ({ type: 'task', change: 'open', about }) as const;

  it('are numbered in one order, also when many happen at once', async () => {
    const events = await open();
    await Promise.all(Array.from({ length: 40 }, (_, index) => events.emit(named(String(index)))));
    const all = await events.after(0);
    expect(all?.map(({ number }) => number)).toEqual(Array.from({ length: 40 }, (_, index) => index + 1));
    expect(new Set(all?.map(({ event }) => event.about)).size).toBe(40);
    expect(await events.latest()).toBe(40);
  });

  it('resume after any of them that is still kept', async () => {
    const events = await open();
    for (let index = 1; index <= 205; index += 1) await events.emit(named(String(index)));
    expect((await events.after(203))?.map(({ event }) => event.about)).toEqual(['204', '205']);
    expect(await events.after(205)).toEqual([]);
    expect((await events.after(5))?.length).toBe(200);
  });

  it('say so when too much was missed, or when somebody resumes after what has not happened', async () => {
    const events = await open();
    for (let index = 1; index <= 205; index += 1) await events.emit(named(String(index)));
    expect(await events.after(4)).toBeUndefined();
    expect(await events.after(206)).toBeUndefined();
  });

  it('wake who listens', async () => {
    const events = await open();
    let woken = 0;
    const stop = events.subscribe(() => void (woken += 1));
    await events.emit(named('a'));
    stop();
    await events.emit(named('b'));
    expect(woken).toBe(1);
  });
});
