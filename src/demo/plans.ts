import { day, hour } from '../core/clock.js';
import type { Calendar, PlannedSitting } from './calendar.js';
import type { Chance } from './chance.js';
import { sometime } from './chats.js';

/** When a request comes, and where it goes before the committee. */
export interface Plan {
  begins: number;
  sitting: PlannedSitting;
}

export type Planned = (calendar: Calendar, chance: Chance) => Plan;

/** Comes so many days before the end of the story. */
export const lately =
  (from: number, to: number): Planned =>
  ({ to: end, coming }, chance) => ({
    begins: sometime(end - chance.between(from, to) * day, chance),
    sitting: coming,
  });

export const beforeExtra: Planned = (calendar, chance) => ({
  ...lately(16, 20)(calendar, chance),
  sitting: calendar.extra,
});

/** Is decided in one of these sittings, counted back from the last regular one. */
export const decided =
  (newest: number, oldest = newest): Planned =>
  ({ regular, coming }, chance) => {
    const sitting = regular[chance.between(newest, oldest)] ?? coming;
    return { begins: sometime(sitting.meets - chance.between(13, 19) * day, chance), sitting };
  };

/** Is decided in the last regular sitting and before its fourteenth day: the outcome waits. */
export const hasty: Planned = ({ regular: [last], coming }, chance) => {
  const sitting = last ?? coming;
  return { begins: sitting.meets - 5 * day + chance.between(5, 9) * hour, sitting };
};
