import { day, hour, minute } from '../core/clock.js';
import { answerPerson, giveBack, note, take } from '../takeover/hold.js';
import type { Colleague } from '../takeover/context.js';
import type { DeskConversation } from '../takeover/desk.js';
import { localeOf } from '../takeover/words.js';
import { at, workdayAfter } from './calendar.js';
import { wantsPerson } from './content/words.js';
import { notesOfStaff, wordsOfStaff } from './content/words-of-staff.js';
import { writes } from './talk.js';
import type { Strand } from './time.js';
import type { Chapter, World } from './world.js';

/** On every day of work somebody looks at the queue, twice; who asked after the last look still waits. */
export const takeovers: Chapter = (world) => {
  askOfLate(world);
  world.time.strand('takeovers', async (strand) => {
    const { from, to } = world.calendar;
    for (let next = workdayAfter(at(from, 10), 0); next < to; next = workdayAfter(at(next + day, 10), 0)) {
      for (const moment of [next, next + 4 * hour]) {
        await strand.until(moment);
        // The last ones of the story are left, one of them in somebody's hands.
        await serveQueue(world, strand, { leaves: to - moment < 3 * day });
      }
    }
  });
};

/** Some ask in the last days, so that there is somebody in each queue. */
function askOfLate(world: World): void {
  const { people, applicants, chance, time, calendar } = world;
  const others = people.filter(({ number }) => !applicants.has(number));
  for (const [place, person] of chance.child('takeovers').some(others, 6).entries()) {
    time.strand(`asks for a person ${person.number}`, async (strand) => {
      // Half of them have been answered by the end; the others have just written.
      await strand.until(calendar.to - (place % 2 === 0 ? 2 * day : 2 * hour) + place * 10 * minute);
      await writes(world, { strand, person }, [strand.chance.pick(wantsPerson[person.locale])]);
    });
  }
}

async function serveQueue({ core, staff }: World, strand: Strand, { leaves }: { leaves: boolean }): Promise<void> {
  const { context } = core.takeover;
  const filter = { 'desk.status': 'waiting' };
  const waiting = await context.conversations.find(filter, { sort: { 'desk.since': 1 }, limit: 20 });
  for (const [place, record] of waiting.entries()) {
    const by = colleagueFor(staff, record);
    await strand.does(async () => {
      await take(context, record._id, by);
      const text = strand.chance.pick(wordsOfStaff[localeOf(record)]);
      await answerPerson(context, record._id, { by, id: `demo ${strand.now()} ${place}`, text });
      if (strand.chance.happens(0.3)) {
        await note(context, record._id, { by, note: strand.chance.pick(notesOfStaff) });
      }
      if (!leaves) await giveBack(context, record._id, by);
    });
  }
}

function colleagueFor({ accounts, actor }: World['staff'], { desk }: DeskConversation): Colleague {
  const { account } = actor(desk?.queue === 'researcher' ? 'reem' : (desk?.since ?? 0) % 2 === 0 ? 'huda' : 'majed');
  return { id: account, name: accounts.find(({ _id }) => _id === account)?.name ?? '', admin: false };
}
