import { randomBytes } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createBot } from '../../src/wiring/core.js';
import { hidden, masked } from '../../src/conversation/mask.js';
import { nobody } from '../../src/conversation/person-facts.js';
import { openState, sealState } from '../../src/conversation/sealed-state.js';
import { readState } from '../../src/conversation/state.js';
import { createSeal } from '../../src/core/seal.js';
import { smallAssets } from '../fixtures/small-assets.js';
import { createHarness, createTestClock, message } from '../mailbox/harness.js';
import { describeOnEachStore } from '../fixtures/stores.js';
import { applicant, upToPapers } from './applicant.js';

const assets = smallAssets();
const seal = createSeal(randomBytes(32));
const id = '1012345672';

describe('what is recorded of an answer to a sensitive question', () => {
  const atId = () => applicant(assets);

  it.each([
    ['an answer', id, '••••••5672'],
    ['an answer with other words', `رقمي ${id}`, '••••••••5672'],
    ['a wrong answer', '1012345673', '••••••5673'],
    ['a short one', '1234', '••••'],
  ])('%s: the end of it', (_what, text, heard) => {
    expect(atId().says(text).heard).toBe(heard);
  });

  it('of a button nothing that tells', () => {
    expect(atId().presses(id).heard).toBe('••••');
    expect(atId().posts({ type: 'message', value: id }).heard).toBe('••••');
  });

  it.each(['متى تفتحون أبوابكم', 'رجوع', 'القائمة', 'موظف', 'english'])(
    'of %j, which is no answer, everything',
    (text) => {
      expect(atId().says(text).heard).toBeUndefined();
    },
  );

  it('of other questions, and while the form waits, everything', () => {
    const person = atId();
    expect(person.says(id).heard).toBeDefined();
    expect(person.says('4').heard).toBeUndefined();
    const waiting = atId();
    waiting.says('القائمة');
    expect(waiting.says('شسيب').heard).toBeUndefined();
  });

  it('the end of it also when too many messages came for it to be read', () => {
    const strict = smallAssets({ messagesPerMinute: 3 });
    const person = applicant(strict, 'زززز', 'زززز');
    expect(person.says(id)).toMatchObject({ heard: '••••••5672' });
  });

  it('never shows a part of a whole sentence', () => {
    expect(masked('زوجي مريض وما نقدر على مصروف البيت هذا الشهر')).toBe('••••••••');
  });

  it('never shows more than the last four signs, and always something', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(masked(text).replace(/^•*/, '').length).toBeLessThanOrEqual(40);
        expect(Array.from(masked(text)).filter((sign) => sign !== '•').length).toBeLessThanOrEqual(4);
        expect(hidden(text)).not.toBe('');
      }),
    );
  });
});

describe('the stored state', () => {
  const filled = () => {
    const person = applicant(assets, ...upToPapers);
    person.sendsFile('file-of-nobody', 'صورة الهوية');
    person.presses('start:note');
    person.says('1');
    return person.state();
  };

  it('holds no answer that can be read, neither of the open form nor of drafts, and opens to what it was', () => {
    const state = filled();
    const stored = JSON.stringify(sealState(state, seal));
    for (const secret of [id, 'file-of-nobody', 'answers', 'gathered']) expect(stored).not.toContain(secret);
    expect(readState(openState(JSON.parse(stored), seal), 'ar')).toEqual(state);
  });

  it('keeps its language readable, for who cannot be answered', () => {
    expect(readState(sealState({ ...filled(), locale: 'en' }, seal), 'ar').locale).toBe('en');
  });

  it('is not opened with another key, and nothing of it is dropped', () => {
    const stored = sealState(filled(), seal);
    expect(() => openState(stored, createSeal(randomBytes(32)))).toThrow(
      expect.objectContaining({ code: 'store_corrupt' }),
    );
  });

  it('of any other kind is left as it is', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (state) => {
        expect(openState(sealState(state, seal), seal)).toEqual(state);
      }),
    );
  });
});

describeOnEachStore('a national ID that was typed', (openStore) => {
  it('is nowhere in the store when its turn is over, and the end of it is in the transcript', async () => {
    const { store } = await openStore();
    const clock = { now: () => Date.parse('2026-11-21T06:00:00Z') };
    const bot = createBot({ assets, clock, seal, personFacts: async () => nobody });
    const { mailbox, conversations, messages } = createHarness(store, { bot });
    const started = { ...message('ابدأ', { chat: 'typed' }), value: 'start:support-request' };
    for (const activity of [started, message(id, { chat: 'typed' })]) await mailbox.accept(activity);
    await mailbox.settle();
    const record = await conversations.findOne({ _id: 'telegram/typed' });
    expect(readState(openState(record?.state, seal), 'ar').form?.answers).toEqual({ nationalId: id });
    const told = await messages.find({ conversation: 'telegram/typed', sequence: { $gt: 0 } });
    expect(JSON.stringify(told)).toContain('••••••5672');
    expect(JSON.stringify([record, told])).not.toContain(id);
  });

  it('is nowhere either when its turn fails for good', async () => {
    const { store } = await openStore();
    const clock = createTestClock();
    let fails = false;
    const personFacts = () => (fails ? Promise.reject(new Error('no facts')) : Promise.resolve(nobody));
    const bot = createBot({ assets, clock, seal, personFacts });
    const { mailbox, messages } = createHarness(store, { bot, clock });
    const started = { ...message('ابدأ', { chat: 'failed' }), value: 'start:support-request' };
    await mailbox.accept(started);
    await mailbox.settle();
    fails = true;
    await mailbox.accept(message(id, { chat: 'failed' }));
    for (let attempt = 0; attempt < 3; attempt += 1) {
      await mailbox.settle();
      clock.advance(10_000);
    }
    const told = JSON.stringify(await messages.find({ conversation: 'telegram/failed', sequence: { $gt: 0 } }));
    expect(told).toContain(assets.t('ar', 'bot.apology'));
    expect(told).toContain('••••••5672');
    expect(told).not.toContain(id);
  });
});
