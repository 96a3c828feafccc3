import { expect, it } from 'vitest';
import { describeOnEachStore } from '../fixtures/stores.js';
import { createHouse, day, hour, type House } from './house.js';

describeOnEachStore('a form that was left', (openStore) => {
  async function begin(chat: string): Promise<House> {
    const one = createHouse((await openStore()).store);
    await note(one, chat, 'suggestion');
    return one;
  }
  const note = (one: House, chat: string, form: string | null) =>
    one.perform({
      ...one.caused(chat, { form: '', opens: 'submission', answers: {} }),
      effect: { type: 'draft_changed', form, locale: 'ar' },
    });
  async function live(one: House, chat: string, days: number): Promise<number> {
    for (let passed = 0; passed < days; passed += 1) {
      one.clock.advance(day);
      await one.beat();
    }
    return one.said.filter(({ conversation }) => conversation.id === chat).length;
  }

  it('is reminded of twice at most', async () => {
    expect(await live(await begin('left'), 'left', 40)).toBe(2);
  });

  it('is not reminded of once it is finished', async () => {
    const one = await begin('finished');
    await note(one, 'finished', null);
    expect(await live(one, 'finished', 5)).toBe(0);
  });

  it('is not reminded of when the person wants no reminders', async () => {
    const one = await begin('stopped');
    await one.perform({
      ...one.caused('stopped', { form: '', opens: 'submission', answers: {} }),
      effect: { type: 'reminders_stopped' },
    });
    expect(await live(one, 'stopped', 5)).toBe(0);
  });

  it('waits for the morning when nothing ran while it was due', async () => {
    const one = await begin('night');
    one.clock.advance(4 * day + 14 * hour);
    await one.beat();
    expect(await live(one, 'night', 0)).toBe(0);
    one.clock.advance(10 * hour);
    await one.beat();
    expect(await live(one, 'night', 0)).toBe(1);
  });

  it('waits for who has written lately', async () => {
    const one = await begin('busy');
    one.writes('busy', one.clock.now() + 2 * day);
    expect(await live(one, 'busy', 3)).toBe(0);
    expect(await live(one, 'busy', 2)).toBe(1);
  });
});
