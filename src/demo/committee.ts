import { isoDay } from '../core/riyadh.js';
import { amendSitting } from '../requests/attendance.js';
import { decide, decidersOf } from '../requests/decisions.js';
import { releaseSitting } from '../requests/release.js';
import type { SittingRecord } from '../requests/sitting-record.js';
import { closeSitting, createSitting } from '../requests/sittings.js';
import type { PlannedSitting } from './calendar.js';
import { recusals } from './content/reasons.js';
import type { MemberId } from './staff.js';
import type { Strand } from './time.js';
import { expected } from './expected.js';
import type { Chapter, DocketEntry, World } from './world.js';

const members: readonly MemberId[] = ['salem', 'mona', 'ibrahim'];
/** In these, counted back from the last, a member has no say about a request; in those others one is absent. */
const withRecusal: ReadonlySet<number> = new Set([0, 3]);
const withAbsence: ReadonlySet<number> = new Set([2, 5, 8]);

/** The committee meets every second week; one sitting waits for its release, and one has only its agenda. */
export const committee: Chapter = (world) => {
  const { regular, extra, coming } = world.calendar;
  for (const [place, sitting] of [...regular, extra, coming].entries()) {
    world.time.strand(`sitting ${place}`, async (strand) => {
      await strand.until(sitting.invited);
      const entries = agendaOf(world, sitting);
      if (entries.length === 0) return;
      const work: Work = { world, strand, entries, id: await convenes({ world, strand, entries }, sitting) };
      if (sitting === coming) return;
      await strand.until(sitting.meets);
      await attends(work, place);
      await decides(work);
      if (sitting.released === undefined) return;
      await strand.until(sitting.released);
      await releases(work);
    });
  }
};

/** Sorted, so that the same story has the same agenda. */
const agendaOf = ({ docket }: World, sitting: PlannedSitting): DocketEntry[] =>
  (docket.get(sitting) ?? []).toSorted((a, b) => (a.reference < b.reference ? -1 : 1));

interface Work {
  world: World;
  strand: Strand;
  entries: readonly DocketEntry[];
  /** Of the sitting. */
  id: string;
}

const accountOf = ({ staff }: World, id: MemberId): string => staff.actor(id).account;

function convenes({ world, strand, entries }: Omit<Work, 'id'>, { meets }: PlannedSitting): Promise<string> {
  const by = accountOf(world, 'huda');
  return strand.does(async () => {
    const created = await createSitting(world.committee, {
      date: isoDay(meets),
      members: members.map((id) => accountOf(world, id)),
      requests: entries.map(({ reference }) => reference),
      by,
    });
    const { _id } = expected(created, 'created').sitting;
    await world.audit.write({ by, action: 'sitting_created', about: _id, outcome: 'done' });
    return _id;
  });
}

/** Writes down who is absent, and who has no say about the first request. */
async function attends({ world, strand, entries: [first], id }: Work, place: number): Promise<void> {
  const [salem = '', mona = '', ibrahim = ''] = members.map((member) => accountOf(world, member));
  const isRecusal = withRecusal.has(place) && first !== undefined;
  if (!isRecusal && !withAbsence.has(place)) return;
  const reason = strand.chance.pick(recusals);
  await strand.does(async () => {
    const amended = await amendSitting(world.committee, id, {
      members: [salem, mona, ibrahim].map((account) => ({ account, present: isRecusal || account !== mona })),
      recusals: isRecusal ? [{ reference: first.reference, account: salem, reason }] : [],
      by: ibrahim,
    });
    expected(amended, 'changed');
    await world.audit.write({ by: ibrahim, action: 'sitting_amended', about: id, outcome: 'done' });
  });
}

/** One decision after another, each written down by a member who may, and then the sitting is closed. */
async function decides({ world, strand, entries, id }: Work): Promise<void> {
  for (const { reference, decision, reason } of entries) {
    await strand.until(strand.now() + strand.chance.between(5, 12) * 60_000);
    const by = await whoRecords({ world, strand, id }, reference);
    await strand.does(async () => {
      expected(await decide(world.committee, id, { reference, decision, reason, by }), 'changed');
      await world.audit.write({ by, action: 'decision_recorded', about: reference, outcome: 'done' });
    });
  }
  const by = accountOf(world, 'salem');
  await strand.does(async () => {
    expected(await closeSitting(world.committee, id, by), 'changed');
    await world.audit.write({ by, action: 'sitting_closed', about: id, outcome: 'done' });
  });
}

async function whoRecords({ world, strand, id }: Omit<Work, 'entries'>, reference: string): Promise<string> {
  const { sittings, requests } = world.committee;
  const sitting: SittingRecord | undefined = await sittings.findOne({ _id: id });
  const request = await requests.findOne({ reference });
  const [first, ...others] = sitting && request ? decidersOf(sitting, reference, request.decidedBy) : [];
  if (first === undefined) throw new Error('The demonstration has nobody left to decide');
  return strand.chance.pick([first, ...others]);
}

async function releases({ world, strand, id }: Work): Promise<void> {
  const by = accountOf(world, 'ibrahim');
  await strand.does(async () => {
    expected(await releaseSitting(world.committee, id, by), 'changed');
    await world.audit.write({ by, action: 'sitting_released', about: id, outcome: 'done' });
  });
}
