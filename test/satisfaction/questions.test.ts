import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ListenerRecord } from '../../src/satisfaction/listeners.js';
import { tell, tellOn, writeDown } from '../../src/satisfaction/improvements.js';
import type { MessageRecord } from '../../src/mailbox/record.js';
import { createChance } from '../../src/demo/chance.js';
import { day, openTown, townspeople, type Town, type Townsman } from './town.js';

const hour = 60 * 60 * 1000;
const face = '😊 ممتازة';

let town: Town;
let person: Townsman;
beforeEach(async () => {
  town = await openTown('questions', { QUIET_HOURS: '21:00-08:00', QUIET_FRIDAY: 'none' });
  const someone = townspeople(1, 1, createChance('one')).at(0)!;
  person = { ...someone, locale: 'ar', stage: 'takeover', service: null };
  await town.arrives(person);
});
afterEach(() => town.close());

/** What was said to the person since they last looked. */
async function heard(): Promise<string> {
  const all = await town.store
    .collection<MessageRecord>('messages')
    .find({ conversation: person.key, sequence: { $gt: 0 } }, { sort: { sequence: 1 } });
  const bot = all.flatMap(({ activity }) =>
    activity.role === 'bot' && activity.type === 'message' ? [activity.text ?? ''] : [],
  );
  return bot.slice(looked).join('\n');
}
let looked = 0;
async function since<R>(act: () => Promise<R>): Promise<string> {
  const all = await town.store
    .collection<MessageRecord>('messages')
    .find({ conversation: person.key, sequence: { $gt: 0 } }, { sort: { sequence: 1 } });
  looked = all.filter(({ activity }) => activity.role === 'bot' && activity.type === 'message').length;
  await act();
  return heard();
}

const question = 'كيف كانت خدمته لك';
const asked = (occasion: number) => since(async () => {
  await town.ask({ ...person, number: occasion });
  await town.beat();
}); // prettier-ignore
const later = (ms: number) => since(async () => {
  town.time.now += ms;
  await town.beat();
}); // prettier-ignore

describe('A question about the service', () => {
  it('is put once for each occasion, and reminded of once', async () => {
    expect(await asked(1)).toContain(question);
    expect(await asked(1)).toBe('');
    expect(await later(2 * day)).toBe('');
    expect(await later(day + hour)).toContain('تذكير لطيف');
    expect(await later(5 * day)).toBe('');
  });

  it('is not reminded of when it was answered', async () => {
    await asked(1);
    await town.says(person, face, 'survey:served-1:5');
    expect(await later(4 * day)).toBe('');
  });

  it('comes not too often: days apart, and twice a month at most', async () => {
    expect(await asked(1)).toContain(question);
    await town.says(person, 'ليس الآن');
    town.time.now += 2 * day;
    expect(await asked(2)).toBe('');
    town.time.now += 6 * day;
    expect(await asked(3)).toContain(question);
    await town.says(person, 'ليس الآن');
    town.time.now += 8 * day;
    expect(await asked(4)).toBe('');
    town.time.now += 31 * day;
    expect(await asked(5)).toContain(question);
  });

  it('waits for the morning', async () => {
    town.time.now = Date.parse('2026-03-01T20:00:00Z');
    expect(await asked(1)).toBe('');
    expect(await later(9 * hour + hour / 60)).toContain(question);
  });

  it('waits while a form is being answered, and while staff have the conversation', async () => {
    await town.says(person, 'القائمة');
    await town.says(person, 'قدّم اقتراحًا', 'start:suggestion');
    expect(await asked(1)).toBe('');
    await town.says(person, 'إلغاء');
    expect(await later(3 * hour)).toContain(question);
    await town.core.mailbox.intervene(person.key, { when: { owner: 'bot' }, set: { owner: 'huda' } });
    town.time.now += 8 * day;
    expect(await asked(2)).toBe('');
    await town.core.mailbox.intervene(person.key, { when: { owner: 'huda' }, set: { owner: 'bot' } });
    expect(await later(3 * hour)).toContain(question);
  });

  it('is not put to who has said stop, or was forgotten', async () => {
    await town.says(person, 'أوقف التذكير');
    expect(await asked(1)).toBe('');
    await town.core.feedback.satisfaction.forget(person.key);
    expect(await asked(2)).toContain(question);
    await town.core.feedback.satisfaction.forget(person.key);
    expect(await later(4 * day)).toBe('');
  });

  it('follows a takeover that was given back', async () => {
    const { takeoverEnded } = town.core.feedback;
    const said = await since(async () => {
      await takeoverEnded(person.key, town.time.now);
      await takeoverEnded(person.key, town.time.now);
      await town.beat();
    });
    expect(said.split(question)).toHaveLength(2);
  });
});

describe('"You said, we did"', () => {
  const improvement = {
    date: '2026-03-02',
    said: { ar: 'الانتظار طويل' },
    did: { ar: 'زدنا موظفًا' },
    owner: 'huda',
    by: 'huda',
  };

  async function improved() {
    const { improvements } = town.core.feedback.satisfaction;
    const { _id } = await writeDown(improvements, improvement);
    const outcome = await tell(improvements, _id);
    await town.beat();
    return { outcome, again: () => tell(improvements, _id) };
  }

  const wantsNews = () =>
    town.core.feedback.satisfaction.wantsNews({
      conversation: person.key,
      address: person.address,
      wanted: true,
      locale: 'ar',
    });

  it('is told once to who agreed to hear it, and to nobody else', async () => {
    expect(await since(improved)).toBe('');
    await asked(1);
    await town.says(person, face, 'survey:served-1:5');
    await town.says(person, 'لا شيء');
    await town.says(person, 'أخبروني بما تحسّن');
    await town.says(person, 'نعم، سجّلوني');
    expect(await since(improved)).toContain('وعملنا: زدنا موظفًا');
    expect(await later(day)).toBe('');
  });

  it('is never told twice, and waits for the morning', async () => {
    await wantsNews();
    town.time.now = Date.parse('2026-03-03T20:00:00Z');
    looked = 99;
    const said = await since(async () => {
      const { outcome, again } = await improved();
      expect(outcome.type).toBe('telling');
      expect((await again()).type).toBe('told_before');
    });
    expect(said).toBe('');
    expect(await later(10 * hour)).toContain('زدنا موظفًا');
    expect(await later(day)).toBe('');
  });

  it('ends with the word stop', async () => {
    await wantsNews();
    await town.says(person, 'أوقف الرسائل');
    const listener = await town.store.collection<ListenerRecord>('listeners').findOne({ _id: person.key });
    expect(listener).toMatchObject({ since: null, stopped: true });
    expect(await since(improved)).toBe('');
  });

  it('ends with the word stop also for what waits for the morning', async () => {
    await wantsNews();
    town.time.now = Date.parse('2026-03-03T20:00:00Z');
    await improved();
    await town.says(person, 'أوقف الرسائل');
    expect(await later(10 * hour)).toBe('');
  });

  it('is told to everybody who agreed, also when somebody stops meanwhile', async () => {
    const { improvements, listeners, wantsNews: agrees } = town.core.feedback.satisfaction;
    await agrees({ conversation: 'c0', address: person.address, wanted: true, locale: 'ar' });
    const first = (await listeners.findOne({ _id: 'c0' }))!;
    const others = Array.from({ length: 250 }, (_, place) => `c${place + 1}`);
    for (const _id of others) await listeners.insert({ ...first, _id });
    const { _id } = await writeDown(improvements, improvement);
    await tell(improvements, _id);
    const stopping: typeof listeners = {
      ...listeners,
      async find(...query) {
        const found = await listeners.find(...query);
        for (const { _id: stops } of found.slice(0, 1))
          await listeners.findOneAndUpdate({ _id: stops }, { $set: { since: null } });
        return found;
      },
    };
    await tellOn({ ...improvements, listeners: stopping });
    expect(await listeners.count({ since: { $gt: 0 }, told: { $nin: [_id] } })).toBe(0);
    expect(await listeners.count({ since: null, told: { $nin: [_id] } })).toBe(2);
  });
});
