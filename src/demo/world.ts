import type { Core } from '../wiring/core.js';
import type { CommitteeContext } from '../requests/sitting-change.js';
import type { Decision } from '../requests/sitting-record.js';
import type { Audit } from '../staff/audit.js';
import type { Calendar, PlannedSitting } from './calendar.js';
import type { Chance } from './chance.js';
import type { Person } from './people.js';
import type { Staff } from './staff.js';
import type { StoryTime } from './time.js';

/** Everything that the chapters of the story share. */
export interface World {
  core: Core;
  committee: CommitteeContext;
  audit: Audit;
  time: StoryTime;
  calendar: Calendar;
  chance: Chance;
  people: readonly Person[];
  staff: Staff;
  /** Who applies, by number, and when; milliseconds. */
  applicants: Map<number, number>;
  /** What comes before a sitting, and what will be decided there. */
  docket: Map<PlannedSitting, DocketEntry[]>;
}

export interface DocketEntry {
  reference: string;
  decision: Decision;
  reason: string;
}

/** One part of the story: puts its strands into the world's time. */
export type Chapter = (world: World) => void;

/** What the domain answers is what the story expects; anything else is a fault of the story. */
export function expected<T extends { type: string }, Type extends T['type']>(
  outcome: T,
  type: Type,
): Extract<T, { type: Type }> {
  if (is(outcome, type)) return outcome;
  throw new Error(`The demonstration expected "${type}", and it was: ${JSON.stringify(outcome)}`);
}

const is = <T extends { type: string }, Type extends T['type']>(
  outcome: T,
  type: Type,
): outcome is Extract<T, { type: Type }> => outcome.type === type;
