import { conversationKey } from '../core/activity.js';
import { day } from '../core/clock.js';
import { tell, writeDown } from '../satisfaction/improvements.js';
import type { QuestionRecord } from '../satisfaction/questions.js';
import { at } from './calendar.js';
import type { Chance } from './chance.js';
import { improvements, remarks } from './content/opinions.js';
import type { Person } from './people.js';
import { lastSaid, writes, type Speaker } from './talk.js';
import type { Chapter, World } from './world.js';

/** Seven of ten who are asked how the service was answer it, on the next day or when they are reminded. */
export const opinions: Chapter = (world) => {
  const { time, calendar, people, core } = world;
  const questions = core.opened.store.collection<QuestionRecord>('questions');
  const inChat = new Map(people.map((person) => [conversationKey(person.address), person]));
  time.strand('opinions', async (strand) => {
    const answering: { person: Person; on: number }[] = [];
    for (let today = calendar.from; today < calendar.to; today += day) {
      await strand.until(at(today, 15));
      const asked = await questions.find({ askedAt: { $gt: at(today - day, 15), $lte: at(today, 15) } });
      for (const chat of asked.map(({ conversation }) => conversation).toSorted()) {
        const person = inChat.get(chat);
        if (person) answering.push({ person, on: today + strand.chance.pick([1, 1, 1, 4]) * day });
      }
      for (const { person, on } of answering) if (on === today) await answersSurvey(world, { strand, person });
    }
  });
};

async function answersSurvey(world: World, speaker: Speaker): Promise<void> {
  const { strand: { chance }, person: { locale } } = speaker; // prettier-ignore
  const asked = await lastSaid(world, speaker);
  const expects = asked?.channelData?.expects;
  const faces = asked?.suggestedActions?.actions ?? [];
  const occasion = faces[0]?.value.split(':')[1] ?? '';
  if (expects?.type !== 'survey' || expects.step !== 'score') return;
  if (!chance.happens(0.72)) return;
  const step = scoreOf(chance, world);
  const face = faces[step - 1];
  if (!face) return;
  await writes(world, speaker, [{ text: face.title, value: face.value }]);
  const { comment } = world.core.assets.surveys.scale ?? {};
  const kind = step >= 4 ? 'good' : step === 3 ? 'fair' : 'bad';
  const said = chance.happens(0.55) ? chance.pick(remarks[locale][kind]) : (comment?.skip.label[locale] ?? '');
  await writes(world, speaker, [said]);
  if (chance.happens(0.3)) {
    await writes(world, speaker, [{ text: '…', value: `survey:${occasion}:news` }, { text: '…', value: `survey:${occasion}:news-yes` }]); // prettier-ignore
  }
}

/** Things have become better with the months. */
function scoreOf(chance: Chance, { time, calendar }: World): number {
  const later = (time.clock.now() - calendar.from) / (calendar.to - calendar.from);
  if (chance.happens(0.55 + 0.3 * later)) return chance.pick([4, 5, 5]);
  return chance.pick([1, 2, 2, 3, 3, 3]);
}

/** What was done is written down, and told to those who agreed to hear. */
export const improved: Chapter = (world) => {
  const { core, staff, time, calendar } = world;
  time.strand('improvements', async (strand) => {
    for (const { ago, said, did } of improvements) {
      const done = at(calendar.to - ago * day, 11);
      await strand.until(done);
      const owner = staff.actor('huda').account;
      const date = new Date(done).toISOString().slice(0, 10);
      await strand.does(async () => {
        const { _id } = await writeDown(core.feedback.satisfaction.improvements, { date, said, did, owner, by: owner });
        await tell(core.feedback.satisfaction.improvements, _id);
      });
    }
  });
};
