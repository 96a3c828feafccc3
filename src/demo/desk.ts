import { day, hour } from '../core/clock.js';
import { isoDay } from '../core/riyadh.js';
import type { Status } from '../requests/lifecycle.js';
import { checkDocument, move, type Verdict } from '../requests/staff.js';
import { readRequest, sendsMissing, corrects, type Life } from './applicant.js';
import { at, workdayAfter } from './calendar.js';
import { correctionWanted, informationWanted, returnedPapers } from './content/reasons.js';
import type { MemberId } from './staff.js';
import { expected } from './expected.js';

/** Waits for an hour of work, so many days later. */
export function atWork({ strand }: Life, days: number): Promise<void> {
  const morning = at(strand.now() + days * day, 9, strand.chance.between(0, 50));
  const next = morning < strand.now() ? morning + day : morning;
  return strand.until(workdayAfter(next, 0) + strand.chance.between(0, 2) * hour);
}

/** Waits for an evening, so many days later: then people have time to write. */
export const inTheEvening = ({ strand }: Life, days: number): Promise<void> =>
  strand.until(at(strand.now() + days * day, 18, strand.chance.between(0, 40)));

export interface MoveTo {
  to: Status;
  by: MemberId;
  reason?: string;
}

export async function moves({ world, strand, reference }: Life, { to, by, reason }: MoveTo): Promise<void> {
  const { committee, staff, audit } = world;
  const actor = staff.actor(by);
  await strand.does(async () => {
    const why = reason === undefined ? {} : { reason };
    expected(await move(committee, reference, { to, by: actor, ...why }), 'changed');
    await audit.write({ by: actor.account, action: 'request_moved', about: reference, outcome: 'done' });
  });
}

/** The officer of a request; always the same. */
export const officerOf = ({ person }: Life): MemberId => (person.number % 2 === 0 ? 'huda' : 'majed');

/** Who checks a request before the committee: its officer, or the researcher for every fourth. */
export const checkerOf = (life: Life): MemberId => (life.person.number % 4 === 3 ? 'reem' : officerOf(life));

/** Looks at every paper that nobody has looked at; of those that expire, the day is written down. */
export async function checksPapers(life: Life, { soon = false } = {}): Promise<void> {
  const { documents } = await readRequest(life);
  const { now } = life.strand;
  for (const { id, paper } of documents.filter(({ check }) => check === null)) {
    const days = soon ? 25 : 700;
    const expires = paper === 'identity' ? { expires: isoDay(now() + days * day) } : {};
    await checks(life, id, { verdict: 'accepted', ...expires });
  }
}

async function checks(life: Life, document: string, verdict: Omit<Verdict, 'by'>): Promise<void> {
  const { world, strand, reference } = life;
  const actor = world.staff.actor(checkerOf(life));
  await strand.does(async () => {
    const checked = await checkDocument(world.committee, { reference, document }, { ...verdict, by: actor });
    expected(checked, 'changed');
    await world.audit.write({ by: actor.account, action: 'paper_checked', about: reference, outcome: 'done' });
  });
}

/** Takes up a new request, the next day of work. */
export async function takesUp(life: Life): Promise<void> {
  await atWork(life, 1);
  await moves(life, { to: 'verification', by: checkerOf(life) });
}

/** Sends one paper back; the applicant sends a better one the day after. */
export async function returnsPaper(life: Life): Promise<void> {
  const { chance } = life.strand;
  const [first] = (await readRequest(life)).documents;
  if (!first) return;
  await checks(life, first.id, { verdict: 'rejected', reason: chance.pick(returnedPapers) });
  await inTheEvening(life, chance.between(0, 1));
  await sendsMissing(life);
}

/** Asks for the paper that is missing, or for a corrected answer when none is. */
export async function asksForMore(life: Life, { complete }: { complete: boolean }): Promise<void> {
  const reason = life.strand.chance.pick(complete ? correctionWanted : informationWanted);
  await moves(life, { to: 'needs_information', by: checkerOf(life), reason });
}

/** Does what was asked for; the request goes on by itself. */
export async function answersThat(life: Life, { complete }: { complete: boolean }): Promise<void> {
  await inTheEvening(life, life.strand.chance.between(0, 1));
  await (complete ? corrects(life) : sendsMissing(life));
}
