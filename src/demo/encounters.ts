import { day } from '../core/clock.js';
import { doorOf, encounterKinds, type EncounterKind } from '../people/encounters.js';
import { at, workdayAfter } from './calendar.js';
import { encountered } from './content/encounters.js';
import type { Person } from './people.js';
import type { Chapter, World } from './world.js';

/** Some people come, call, or write a letter: those who never apply, and a few who have applied and ask about it. */
export const encounters: Chapter = (world) => {
  const { people, applicants, calendar, chance } = world;
  const own = world.core.assets.organisation.channels.map((door) => (typeof door === 'string' ? door : door.id));
  const [first, ...more] = encounterKinds.filter((kind) => own.includes(doorOf[kind]));
  if (!first) return;
  const kinds = [first, ...more] as const;
  const some = chance.child('encounters');
  const others = people.filter(({ number }) => !applicants.has(number));
  const asking = people.filter(({ number }) => applicants.has(number));
  for (const person of some.some(others, Math.ceil(others.length * 0.25))) comes(world, person, { kinds, from: calendar.from }); // prettier-ignore
  for (const person of some.some(asking, Math.ceil(asking.length * 0.15))) {
    comes(world, person, { kinds, from: (applicants.get(person.number) ?? calendar.from) + day });
  }
};

function comes(
  { core, calendar, staff, time }: World,
  person: Person,
  { kinds, from }: { kinds: readonly [EncounterKind, ...EncounterKind[]]; from: number },
): void {
  time.strand(`encounter of ${person.number}`, async (strand) => {
    const days = Math.max(1, Math.floor((calendar.to - from) / day) - 2);
    const morning = at(from + strand.chance.between(1, days) * day, 10, strand.chance.between(0, 50));
    await strand.until(workdayAfter(morning, 0));
    const kind = strand.chance.pick(kinds);
    const text = strand.chance.pick(encountered[kind]);
    const { account } = staff.actor(person.number % 2 === 0 ? 'huda' : 'majed');
    await strand.does(async () => {
      const { nationalId, name, mobile } = person;
      const now = strand.now();
      const { beneficiaries, encounters: log } = core.support;
      const { _id: beneficiary } = await beneficiaries.know({ nationalId, name, mobile, origin: null, at: now });
      await log.write({ kind, beneficiary, at: now, recordedAt: now, by: account, reference: null, text });
    });
  });
}
