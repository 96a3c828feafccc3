import { hour } from '../core/clock.js';
import { overrideMinimum } from '../requests/release.js';
import type { Decision } from '../requests/sitting-record.js';
import { appeals, readRequest, sendsMissing, type Life } from './applicant.js';
import type { PlannedSitting } from './calendar.js';
import * as reasons from './content/reasons.js';
import { objections, statusQuestions } from './content/words.js';
import {
  answersThat,
  asksForMore,
  atWork,
  checkerOf,
  checksPapers,
  inTheEvening,
  moves,
  officerOf,
  returnsPaper,
  takesUp,
} from './desk.js';
import { writes } from './talk.js';
import { expected } from './expected.js';

/** Up to the committee: checked, sometimes with a paper sent back or something asked for on the way. */
export async function reachesCommittee(life: Life, { complete }: { complete: boolean }): Promise<void> {
  const { chance } = life.strand;
  await takesUp(life);
  if (!complete || chance.happens(0.15)) {
    await asksForMore(life, { complete });
    await answersThat(life, { complete });
  } else if (chance.happens(0.25)) {
    await returnsPaper(life);
  }
  await atWork(life, 1);
  await checksPapers(life, { soon: chance.happens(0.15) });
  await moves(life, { to: 'committee', by: checkerOf(life) });
  if (chance.happens(0.4)) await asksAfter(life);
}

async function asksAfter(life: Life): Promise<void> {
  const { strand, person } = life;
  await inTheEvening(life, 0);
  await writes(life.world, life, [strand.chance.pick(statusQuestions[person.locale])]);
}

interface Verdict {
  decision: Decision;
  /** Instead of a reason that fits everybody. */
  why?: string;
}

/** Puts a request before a sitting, with what will be decided there. */
export function comesBefore(life: Life, sitting: PlannedSitting, { decision, why }: Verdict): void {
  const { docket } = life.world;
  const known = reasons.verdicts[decision];
  const reason = why ?? known[life.person.number % known.length] ?? known[0];
  docket.set(sitting, [...(docket.get(sitting) ?? []), { reference: life.reference, decision, reason }]);
}

/** Decided, released, and told when its day has come. */
export async function isDecided(life: Life, sitting: PlannedSitting, { decision, why }: Verdict): Promise<void> {
  comesBefore(life, sitting, { decision, ...(why === undefined ? {} : { why }) });
  await life.strand.until((sitting.released ?? sitting.meets) + 2 * hour);
  const { answerNotBefore } = await readRequest(life);
  if (decision !== 'defer') await life.strand.until(answerNotBefore + 14 * hour);
}

export async function isRegistered(life: Life): Promise<void> {
  await atWork(life, 2);
  await moves(life, { to: 'registration', by: officerOf(life) });
  await inTheEvening(life, life.strand.chance.between(1, 2));
}

export async function isServed(life: Life): Promise<void> {
  await sendsMissing(life);
  await atWork(life, 1);
  await checksPapers(life);
  await sendsMissing(life);
  await moves(life, { to: 'service', by: officerOf(life) });
}

export async function isDelivered(life: Life): Promise<void> {
  await atWork(life, life.strand.chance.between(3, 7));
  await moves(life, { to: 'delivered', by: officerOf(life) });
}

export async function isClosed(life: Life, { days, reason }: { days: number; reason?: string }): Promise<void> {
  await atWork(life, days);
  await moves(life, { to: 'closed', by: officerOf(life), ...(reason === undefined ? {} : { reason }) });
}

export async function appealsSoon(life: Life): Promise<void> {
  const { strand } = life;
  await inTheEvening(life, strand.chance.between(2, 4));
  await appeals(life, strand.chance.pick(objections[life.person.locale]));
}

/** Others than before will study it. */
export async function goesToOthers(life: Life): Promise<void> {
  await atWork(life, 2);
  await moves(life, { to: 'committee', by: 'reem' });
}

/** A released outcome that cannot wait for its day. */
export async function isToldEarly({ world, strand, reference }: Life): Promise<void> {
  const { account } = world.staff.actor('ibrahim');
  const reason = reasons.overrideReason;
  await strand.does(async () => {
    expected(await overrideMinimum(world.committee, reference, { by: account, reason }), 'changed');
    await world.audit.write({ by: account, action: 'minimum_overridden', about: reference, reason, outcome: 'done' });
  });
}
