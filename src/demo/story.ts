import { createCore, type AppOptions, type Core } from '../wiring/core.js';
import type { Channel } from '../channels/channel.js';
import type { Config } from '../config.js';
import type { ChannelId } from '../core/activity.js';
import { ConfigError } from '../core/errors.js';
import type { SittingRecord } from '../requests/sitting-record.js';
import type { AccountRecord } from '../staff/account.js';
import { createAudit, type AuditRecord } from '../staff/audit.js';
import { committeeMembers } from '../staff/committee/members.js';
import type { Store } from '../store/collection.js';
import { createCalendar, endOfPart } from './calendar.js';
import { createChance } from './chance.js';
import { chats } from './chats.js';
import { committee } from './committee.js';
import { interviews } from './interviews.js';
import { createPeople } from './people.js';
import { encounters } from './encounters.js';
import { improved, opinions } from './opinions.js';
import { requests } from './requests.js';
import { createStaff } from './staff.js';
import { takeovers } from './takeovers.js';
import { createStoryTime } from './time.js';
import { drafts, suggestions } from './visits.js';
import type { Chapter, World } from './world.js';

/** The parts of the story. A new part is a file beside this one and a line here. */
const chapters: readonly Chapter[] = [
  requests,
  committee,
  chats,
  suggestions,
  drafts,
  encounters,
  interviews,
  takeovers,
  opinions,
  improved,
];

export interface StoryOptions extends Pick<AppOptions, 'root' | 'log' | 'onFatal'> {
  config: Config;
  seed: number;
  /** How many; at least `fewestPeople`. */
  people: number;
  /** When the story ends; milliseconds. */
  now: number;
  /** Told how much of the time has passed, from 0 to 1. */
  progress?(share: number): void;
}

/**
 * Fills an empty store with the last five months of an association, through the parts that do the real work. The same
 * seed on the same day tells the same story: who, when, which references, which outcomes. Not repeatable are what is
 * sealed and hashed under the deployment's own key, the password, and the order in which the disk took what happened
 * side by side. Rejects, with nothing changed, when there is data already.
 */
export async function tellStory<R>(options: StoryOptions, read: (world: World) => Promise<R>): Promise<R> {
  const chance = createChance(`${options.seed}`);
  const calendar = createCalendar(options.now);
  const time = createStoryTime({
    ...calendar,
    chance,
    async onPart(part, share) {
      // What was begun is finished at its own time, before the clock moves and new things are due.
      if (part === 'done') return core.mailbox.settle();
      await core.settle();
      options.progress?.(share);
    },
  });
  const core = await createCore({ ...options, clock: time.clock, ids: time.ids });
  try {
    await refuseData(core.opened.store);
    const world = await createWorld(core, { time, calendar, chance, people: createPeople(options.people, chance) });
    for (const chapter of chapters) chapter(world);
    keepTime(world);
    await time.tell();
    return await read(world);
  } finally {
    await core.stop();
  }
}

async function createWorld(core: Core, told: Pick<World, 'time' | 'calendar' | 'chance' | 'people'>): Promise<World> {
  const { store } = core.opened;
  for (const id of ['webchat', 'telegram', 'whatsapp'] as const) core.channels.set(id, silentChannel(id));
  return {
    ...told,
    core,
    committee: {
      ...core.support.context,
      sittings: store.collection<SittingRecord>('sittings'),
      ...committeeMembers(store.collection<AccountRecord>('accounts')),
    },
    audit: createAudit(store.collection<AuditRecord>('audit'), told.time),
    staff: await createStaff(store, told.time),
    applicants: new Map(),
    docket: new Map(),
  };
}

/** Takes everything, and tells nobody. */
export const silentChannel = (id: ChannelId): Channel => ({
  id,
  routes: [],
  start: async () => {},
  stop: async () => {},
  send: async () => {},
  state: () => ({ state: 'on', reason: 'tells nobody' }),
  ...(id === 'webchat' ? { readsTranscript: true } : {}),
});

async function refuseData(store: Store): Promise<void> {
  const there = await Promise.all([
    store.collection('conversations').find({}, { sort: { due: 1 }, limit: 1 }),
    store.collection('requests').find({}, { sort: { submittedAt: 1 }, limit: 1 }),
    store.collection('accounts').find({}, { sort: { at: 1 }, limit: 1 }),
  ]);
  if (there.every(({ length }) => length === 0)) return;
  throw new ConfigError([
    `DATA_DIR or MONGODB_URI must name an empty place for the demonstration. In ${store.place} there is data; nothing was changed.`,
  ]);
}

/** Outcomes, reminders and what waited for the morning are looked for in every part of the day. */
function keepTime({ time, calendar: { from, to } }: World): void {
  time.strand('time', async (strand) => {
    for (let next = endOfPart(from); next < to; next = endOfPart(next)) await strand.until(next);
  });
}
