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
