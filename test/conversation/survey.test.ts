import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { conceal } from '../../src/conversation/conceal.js';
import type { Effect } from '../../src/conversation/effects.js';
import { readState } from '../../src/conversation/state.js';
import { invitedEvent, remindedEvent } from '../../src/conversation/survey/ask.js';
import { unreadAnswer } from '../../src/conversation/survey/secret.js';
import type { MessageActivity } from '../../src/core/activity.js';
import { assetsOf } from '../fixtures/assets.js';
import { createEnginePlayer } from '../fixtures/engine-player.js';

const pieces = z.union([z.string(), z.array(z.string())]).optional();
const outcome = {
  hears: pieces,
  offers: z.array(z.string()).optional(),
  kept: z.enum(['dots', 'words']).optional(),
};
const step = z.union([
  z.strictObject({ invited: z.string(), ...outcome }),
  z.strictObject({ says: z.string(), ...outcome }),
  /** Said again and again, until it is a novel. */
  z.strictObject({ novel: z.string(), ...outcome }),
  z.strictObject({ presses: z.string(), ...outcome }),
]);
const transcripts = z
  .array(
    z.strictObject({
      about: z.string(),
      locale: z.enum(['ar', 'en']).default('ar'),
      steps: z.array(step),
      effects: z.array(z.string()),
    }),
  )
  .parse(parse(readFileSync(new URL('survey-transcripts.yaml', import.meta.url), 'utf8')));

const never = Date.parse('2100-01-01');
const invitation = { occasion: 'o1', stage: 'delivered', service: 'food', until: never };
const dots = '••••';

function named(effect: Effect): string {
  if (effect.type === 'rating_given') return `rating_given ${effect.score}`;
  return effect.type === 'comment_given' && effect.comment === null ? 'comment_given none' : effect.type;
}

describe('A survey', () => {
  for (const { about, locale, steps, effects } of transcripts) {
    it(`${locale}: ${about}`, async () => {
      const engine = createEnginePlayer({ locale });
      await engine.player.arrives();
      let offered: string[] = [];
      for (const one of steps) {
        const heard =
          'invited' in one
            ? await engine.happens(invitedEvent, { ...invitation, stage: one.invited })
            : 'says' in one
              ? await engine.player.says(one.says)
              : 'novel' in one
                ? await engine.player.says(`${one.novel} `.repeat(40))
                : await pressing(engine, one.presses);
        const said = heard.map(({ text }) => text).join('\n');
        offered = heard.flatMap(({ choices }) => choices);
        for (const piece of [one.hears ?? []].flat()) expect(said).toContain(piece);
        expect(offered).toEqual(expect.arrayContaining(one.offers ?? []));
        const kept = engine.heardAs.at(-1) === undefined ? 'words' : engine.heardAs.at(-1);
        expect(kept).toBe(one.kept === undefined ? kept : one.kept === 'dots' ? dots : 'words');
      }
      expect(engine.effects.map(named)).toEqual(effects);
    });
  }

  it('keeps nothing of an answer in the state', async () => {
    const states = await Promise.all(
      ['زفت', 'ممتاز'].map(async (word) => {
        const engine = createEnginePlayer({});
        await engine.happens(invitedEvent, invitation);
        await engine.player.says(word);
        await engine.player.says('لا');
        return JSON.stringify(engine.state());
      }),
    );
    const withoutTimes = states.map((state) => state.replace(/"since":\d+/g, ''));
    expect(withoutTimes[0]).toBe(withoutTimes[1]);
  });

  it('says the same to everybody, whatever they have answered', async () => {
    const assets = assetsOf().surveys.scale!;
    const replies = await Promise.all(
      assets.scale.map(async ({ face, label }) => {
        const engine = createEnginePlayer({});
        await engine.happens(invitedEvent, invitation);
        return [await engine.player.presses(`${face} ${label.ar}`), await engine.player.presses('لا شيء')];
      }),
    );
    expect(new Set(replies.map((one) => JSON.stringify(one))).size).toBe(1);
  });

  it('says the same after every comment, however long it was', async () => {
    const comments = [
      'لا شيء',
      'الموظفون محترمون',
      'كان الانتظار طويلًا '.repeat(30),
      'كان الانتظار طويلًا '.repeat(300),
    ];
    const replies = await Promise.all(
      comments.map(async (comment) => {
        const engine = createEnginePlayer({});
        await engine.happens(invitedEvent, invitation);
        await engine.player.says('تمام');
        return engine.player.says(comment);
      }),
    );
    expect(new Set(replies.map((one) => JSON.stringify(one))).size).toBe(1);
  });

  it('reads each word of its steps, and none of them calls a person', async () => {
    const { surveys, lowMood, alarm } = assetsOf();
    for (const [place, { words }] of surveys.scale!.scale.entries()) {
      for (const word of [...words.ar, ...words.en]) {
        const engine = createEnginePlayer({});
        await engine.happens(invitedEvent, invitation);
        await engine.player.says(word);
        expect(engine.effects.map(named), word).toEqual([`rating_given ${place + 1}`]);
        expect([engine.heardAs.at(-1), lowMood(word), alarm(word)]).toEqual([dots, false, undefined]);
      }
    }
  });

  it('waits behind a form: it is not asked, and an answer lets the form go on', async () => {
    const engine = createEnginePlayer({});
    await engine.player.arrives();
    await engine.happens(invitedEvent, invitation);
    await engine.player.presses('😊 ممتازة');
    await engine.player.says('لا');
    await engine.player.says('القائمة');
    await engine.player.presses('قدّم اقتراحًا');
    expect(await engine.happens(invitedEvent, { ...invitation, occasion: 'o2' })).toEqual([]);
    expect((await engine.player.says('1'))[0]?.text).toContain('اكتب لنا اقتراحك');
  });

  it('lets a form go on, whether it is answered or not, or too late', async () => {
    for (const what of ['o1:5', 'o1:decline', 'another:5']) {
      const engine = createEnginePlayer({});
      await engine.player.arrives();
      await engine.happens(invitedEvent, invitation);
      await engine.player.says('القائمة');
      const asked = await engine.player.presses('قدّم اقتراحًا');
      const heard = await engine.bring({ type: 'message', text: 'x', value: `survey:${what}` });
      expect(heard.at(-1)).toEqual(asked.at(-1));
    }
  });

  it('lets a form go on also when it waited for words, and when news are wanted', async () => {
    for (const what of ['o1:5', 'o1:skip', 'o1:news-yes', 'o1:news-no']) {
      const engine = createEnginePlayer({});
      await engine.player.arrives();
      await engine.happens(invitedEvent, invitation);
      await engine.player.presses('🙂 جيدة');
      await engine.player.says('القائمة');
      const asked = await engine.bring({ type: 'message', text: 'x', value: 'start:suggestion' });
      const heard = await engine.bring({ type: 'message', text: 'x', value: `survey:${what}` });
      expect(heard.at(-1), what).toEqual(asked.at(-1));
    }
  });

  it('is put once more when nothing was answered, and never after that it was', async () => {
    const engine = createEnginePlayer({});
    await engine.happens(invitedEvent, invitation);
    expect((await engine.happens(remindedEvent, { occasion: 'o1' }))[0]?.text).toContain('تذكير لطيف');
    await engine.player.says('تمام');
    expect(await engine.happens(remindedEvent, { occasion: 'o1' })).toEqual([]);
  });

  it('lapses: what comes later is told so, and not counted', async () => {
    const engine = createEnginePlayer({});
    await engine.happens(invitedEvent, { ...invitation, until: Date.now() + 3000 });
    const late = await engine.player.presses('😞 سيئة جدًا');
    expect(late.at(-1)?.text).toContain('لم يُحسب شيء');
    expect(engine.effects).toEqual([]);
  });

  it('is nobody else’s: the button of another chat, or of who was erased, counts nothing', async () => {
    const asked = createEnginePlayer({});
    await asked.happens(invitedEvent, invitation);
    const stranger = createEnginePlayer({});
    const told = await stranger.bring({ type: 'message', text: 'ممتازة', value: 'survey:o1:5' });
    expect(told.at(-1)?.text).toContain('لم يُحسب شيء');
    for (const value of ['survey:o1:9', 'survey:o1:', 'survey::5', 'survey:o1:5:5', 'survey']) {
      await asked.bring({ type: 'message', text: 'x', value });
    }
    expect([...stranger.effects, ...asked.effects]).toEqual([]);
  });

  it('is concealed also where nobody reads the message, and while staff have the conversation', () => {
    const message = { type: 'message', text: 'زفت', value: 'survey:o1:1' } as MessageActivity;
    const { value: _value, ...typed } = message;
    const waiting = { ...readState(null, 'ar'), survey: { ...invitation, step: 'score', tries: 0 } };
    expect(conceal(assetsOf(), waiting, typed)).toBe(dots);
    expect(conceal(assetsOf(), readState(null, 'ar'), message)).toBe(dots);
    expect(unreadAnswer(message)).toBe(dots);
    expect(unreadAnswer({ ...message, value: 'survey:o1:call' })).toBeUndefined();
  });
});

describe('A thumb after an answer', () => {
  const questions = ['كم تستغرق دراسة الطلب؟', 'وش الأوراق المطلوبة؟', 'وين موقعكم؟', 'كيف أقدم على الدعم؟'];

  it('is asked for now and then, twice a month at most, and is kept without the person', async () => {
    const engine = createEnginePlayer({});
    let asked = 0;
    for (let round = 0; round < 4; round += 1) {
      for (const question of questions) {
        const heard = await engine.player.says(question);
        asked += heard.filter(({ choices }) => choices.includes('👎 ما أفادني')).length;
      }
      await engine.player.says('👍');
    }
    expect(asked).toBe(2);
    const thumbs = engine.effects.filter((effect) => effect.type === 'thumb_given');
    expect(thumbs.map(({ up, occasion }) => [up, occasion])).toEqual([[true, 'thumb-1'], [true, 'thumb-2']]); // prettier-ignore
    expect(engine.heardAs.filter((heard) => heard === dots).length).toBe(2);
  });

  it('that is pressed twice counts once', async () => {
    const engine = createEnginePlayer({ locale: 'en' });
    await engine.player.arrives();
    for (const question of questions) await engine.player.says(question);
    await engine.bring({ type: 'message', text: 'x', value: 'thumb:1:down' });
    const [told] = await engine.bring({ type: 'message', text: 'x', value: 'thumb:1:up' });
    expect(told?.text).toMatch(/انتهى وقت هذا السؤال|time for this question is over/);
    expect(engine.effects.filter(({ type }) => type === 'thumb_given')).toHaveLength(1);
  });
});

type Engine = ReturnType<typeof createEnginePlayer>;

/** Presses a face that was offered earlier, as people scroll back. */
async function pressing(engine: Engine, label: string) {
  const scale = assetsOf().surveys.scale!;
  const place = scale.scale.findIndex(({ face, label: own }) =>
    [own.ar, own.en].some((one) => label === `${face} ${one}`),
  );
  if (place === -1) return engine.player.presses(label);
  return engine.bring({ type: 'message', text: label, value: `survey:o1:${place + 1}` });
}
