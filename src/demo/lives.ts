import { hour } from '../core/clock.js';
import { withdraws, type Life } from './applicant.js';
import type { Calendar } from './calendar.js';
import { earlyEnds, granted, withdrawals } from './content/reasons.js';
import { asksForMore, atWork, checkerOf, checksPapers, inTheEvening, moves, officerOf, takesUp } from './desk.js';
import {
  appealsSoon, comesBefore, goesToOthers, isClosed, isDecided, isDelivered, isRegistered, isServed, isToldEarly,
  reachesCommittee,
} from './paths.js'; // prettier-ignore
import type { Plan } from './plans.js';

export interface Lived extends Plan {
  calendar: Calendar;
  /** All papers came with the request. */
  complete: boolean;
}

/** What happens to a request after it was submitted. */
export type Live = (life: Life, lived: Lived) => Promise<void>;

export const submitted: Live = async () => {};

export const takenUp: Live = (life) => takesUp(life);

export const asked: Live = async (life, { complete }) => {
  await takesUp(life);
  await asksForMore(life, { complete });
};

export const checked: Live = (life, lived) => reachesCommittee(life, lived);

export const listed: Live = async (life, lived) => {
  await reachesCommittee(life, lived);
  comesBefore(life, lived.sitting, { decision: life.strand.chance.pick(['accept', 'accept', 'reject']) });
};

export const hurried: Live = async (life, { sitting }) => {
  await takesUp(life);
  await checksPapers(life);
  await life.strand.until(life.strand.now() + hour);
  await moves(life, { to: 'committee', by: checkerOf(life) });
  comesBefore(life, sitting, { decision: life.strand.chance.pick(['accept', 'accept', 'reject']) });
};

export const deferred: Live = async (life, lived) => {
  await reachesCommittee(life, lived);
  await isDecided(life, lived.sitting, { decision: 'defer' });
  comesBefore(life, lived.calendar.coming, { decision: 'accept' });
};

export const deferredOnce: Live = async (life, lived) => {
  await reachesCommittee(life, lived);
  await isDecided(life, lived.sitting, { decision: 'defer' });
  await isDecided(life, lived.calendar.regular[0] ?? lived.sitting, { decision: 'accept' });
};

export const urgent: Live = async (life, lived) => {
  await hurried(life, lived);
  await life.strand.until((lived.sitting.released ?? lived.begins) + 3 * hour);
  await isToldEarly(life);
};

export const accepted: Live = async (life, lived) => {
  await reachesCommittee(life, lived);
  await isDecided(life, lived.sitting, { decision: 'accept' });
};

export const registered: Live = async (life, lived) => {
  await accepted(life, lived);
  await isRegistered(life);
};

export const served: Live = async (life, lived) => {
  await registered(life, lived);
  await isServed(life);
};

export const delivered: Live = async (life, lived) => {
  await served(life, lived);
  await isDelivered(life);
};

export const closed: Live = async (life, lived) => {
  await delivered(life, lived);
  await isClosed(life, { days: 9 });
};

export const endedEarly: Live = async (life, lived) => {
  await accepted(life, lived);
  await isClosed(life, { days: 3, reason: life.strand.chance.pick(earlyEnds) });
};

export const rejected: Live = async (life, lived) => {
  await reachesCommittee(life, lived);
  await isDecided(life, lived.sitting, { decision: 'reject' });
};

export const rejectedForGood: Live = async (life, lived) => {
  await rejected(life, lived);
  await isClosed(life, { days: 20 });
};

export const appealed: Live = async (life, lived) => {
  await rejected(life, lived);
  await appealsSoon(life);
};

export const appealListed: Live = async (life, lived) => {
  await appealed(life, lived);
  await goesToOthers(life);
  comesBefore(life, lived.calendar.coming, { decision: 'accept' });
};

export const appealWon: Live = async (life, lived) => {
  await appealed(life, lived);
  await goesToOthers(life);
  await isDecided(life, lived.calendar.regular[2] ?? lived.sitting, { decision: 'accept', why: granted });
  await isRegistered(life);
  await isServed(life);
};

export const appealLost: Live = async (life, lived) => {
  await appealed(life, lived);
  await goesToOthers(life);
  await isDecided(life, lived.calendar.regular[3] ?? lived.sitting, { decision: 'reject' });
};

export const withdrawn: Live = async (life) => {
  await inTheEvening(life, 1);
  await withdraws(life);
};

export const withdrawnByPhone: Live = async (life) => {
  await takesUp(life);
  await atWork(life, 1);
  await moves(life, { to: 'withdrawn', by: officerOf(life), reason: life.strand.chance.pick(withdrawals) });
};
