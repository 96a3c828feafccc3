import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createCore } from '../../src/wiring/core.js';
import type { Config } from '../../src/config.js';
import type { Activity, ChannelId } from '../../src/core/activity.js';
import type { Ids } from '../../src/core/ids.js';
import { createLog } from '../../src/core/log.js';
import { createChance, type Chance } from '../../src/demo/chance.js';
import { silentChannel } from '../../src/demo/story.js';
import type { SurveyStage } from '../../src/flows/survey-schema.js';
import { openDataFile } from '../../src/store/embedded/file.js';
import { schema } from '../../src/store/schema.js';
import { testConfig } from '../fixtures/app.js';
import { readOnce, root } from '../fixtures/assets.js';

export const day = 24 * 60 * 60 * 1000;
/** A Sunday, at noon in Riyadh. */
const start = Date.parse('2026-03-01T09:00:00Z');

export interface Townsman {
  number: number;
  key: string;
  address: Pick<Activity, 'channelId' | 'conversation' | 'from'>;
  locale: 'ar' | 'en';
  stage: SurveyStage;
  service: string | null;
  /** What they think: the secret. Undefined when they do not answer. */
  score: number | undefined;
  comment: string | undefined;
  way: 'presses' | 'types' | 'number';
  /** Day after the beginning on which they are served. */
  served: number;
}

const channelIds = ['telegram', 'webchat', 'whatsapp'] as const satisfies ChannelId[];
/** What people type, from the worst to the best. */
export const typed = {
  ar: ['زفت', 'مو حلو', 'عادي', 'تمام', 'ممتاز'],
  en: ['awful', 'bad', 'so so', 'good', 'excellent'],
} as const;

/** Whole associations of made-up people with opinions, through the real engine and on a real store. Every run is the same. */
export async function openTown(seed: string, own: NodeJS.ProcessEnv = { QUIET_HOURS: 'none', QUIET_FRIDAY: 'none' }) {
  const chance = createChance(seed);
  const place = testConfig(own);
  const lines: string[] = [];
  const log = createLog({ level: 'trace', format: 'json', write: (line) => void lines.push(line) });
  const time = { now: start };
  // Real randomness for what must not be guessed is in `core/seal.ts`; ids and orders come from here.
  const ids: Ids = chance.child('ids').ids;
  const clock = { now: () => time.now };
  const assets = readOnce(place.config);
  const options = { config: place.config, root, assets, clock, ids, log, onFatal: () => {}, beatMs: 1e9 };
  const core = await createCore(options);
  for (const id of channelIds) core.channels.set(id, silentChannel(id));
  let messages = 0;

  /** `peek` looks while the message waits. */
  async function brings({ address, locale }: Townsman, what: object, peek?: () => Promise<void>): Promise<void> {
    time.now += 1000 + chance.between(0, 5000);
    const id = `${address.conversation.id}-${(messages += 1)}`;
    const base = { ...address, id, timestamp: new Date(time.now).toISOString(), locale, role: 'user' as const };
    await core.ports.accept({ ...base, ...what } as Activity);
    await peek?.();
    await core.mailbox.settle();
  }

  return {
    core,
    store: core.opened.store,
    config: place.config,
    /** Everything that was logged, in full detail. */
    lines,
    time,
    brings,
    /** Looks for what is due, and lets it happen. */
    async beat(): Promise<void> {
      await core.feedback.beat();
      await core.mailbox.settle();
    },
    says: (person: Townsman, text: string, value?: string, peek?: () => Promise<void>) =>
      brings(person, { type: 'message', text, ...(value === undefined ? {} : { value }) }, peek),
    /** All that lies in the store at this moment, also what it has freed and not written over. */
    async bytes(): Promise<Buffer> {
      const { DATA_DIR, MONGODB_URI } = place.config;
      if (MONGODB_URI === undefined) return readFileSync(join(DATA_DIR, 'wasl.mdb'));
      return Buffer.from(JSON.stringify([...(await readEverything(place.config))]));
    },
    ask: ({ key, stage, service, number }: Townsman) =>
      core.feedback.satisfaction.ask({ occasion: `served-${number}`, conversation: key, stage, service }),
    arrives: (person: Townsman) => brings(person, { type: 'conversationUpdate' }),
    async close(): Promise<void> {
      await core.stop();
      await place.destroy();
    },
    async stop(): Promise<void> {
      await core.stop();
    },
    remove: place.destroy,
  };
}

export type Town = Awaited<ReturnType<typeof openTown>>;

const services = ['living-costs', 'medical-care', 'food', null] as const;

/** People whose opinion has nothing to do with who they are, but for what everybody may know: a service may be worse. */
export function townspeople(count: number, days: number, chance: Chance): Townsman[] {
  return Array.from({ length: count }, (_, number) => {
    const own = chance.child(`person ${number}`);
    const channelId = own.pick(channelIds);
    // Long enough that a sealed text does not hold it by chance.
    const id = `person-${String(number).padStart(4, '0')}`;
    const service = own.pick(services);
    const locale = own.happens(0.8) ? 'ar' : 'en';
    const score = own.happens(0.8) ? own.pick([1, 2, 3, 4, 4, 5, 5, service === 'food' ? 1 : 5]) : undefined;
    return {
      number,
      key: `${channelId}/${id}`,
      address: { channelId, conversation: { id }, from: { id, name: `شخص ${number}` } },
      locale,
      stage: service === null ? 'takeover' : own.pick(['delivered', 'closed', 'rejected']),
      service,
      score,
      // Each comment is its own, so that a link can be told from a guess.
      comment: score !== undefined && own.happens(0.5) ? opinionOf(number, locale) : undefined,
      way: own.pick(['presses', 'types', 'number']),
      served: own.between(0, days - 1),
    };
  });
}

const opinionOf = (number: number, locale: 'ar' | 'en'): string =>
  locale === 'ar'
    ? `رأي ${letters(number, 'أبتثجحخدذر')} عن الخدمة`
    : `view ${letters(number, 'abcdefghij')} of the service`;

/** A number in letters, as numbers of comments are covered. */
const letters = (number: number, alphabet: string): string =>
  Array.from(String(number).padStart(4, '0'), (digit) => alphabet[Number(digit)]).join('');

/** Days from being served to when everybody was asked. */
const waits = { takeover: 1, closed: 2, delivered: 3, rejected: 3, interview: 1 } as const;

/** Lives through the days: each is served, asked, and answers or not. */
export async function live(town: Town, people: readonly Townsman[], days: number): Promise<void> {
  for (const person of people) await town.arrives(person);
  for (let today = 0; today < days; today += 1) {
    town.time.now = Math.max(town.time.now, start + today * day);
    for (const person of people) if (person.served === today) await town.ask(person);
    await town.beat();
    for (const person of people) if (person.served + waits[person.stage] === today) await answers(town, person);
  }
}

/** One after another, in the order in which they were asked: as kind to the insider as can be. */
export async function answers(town: Town, person: Townsman, peek?: () => Promise<void>): Promise<void> {
  const { score, comment, locale, way, number } = person;
  if (score === undefined) return;
  const { scale } = town.core.assets.surveys;
  const step = scale!.scale.at(score - 1)!;
  const pressed = way === 'presses' ? `survey:served-${number}:${score}` : undefined;
  const words = {
    presses: `${step.face} ${step.label[locale]}`,
    types: typed[locale].at(score - 1)!,
    number: `${score}`,
  };
  await town.says(person, words[way], pressed, peek);
  await town.says(person, comment ?? scale!.comment.skip.label[locale], undefined, peek);
}

export type Dump = ReadonlyMap<string, readonly Record<string, unknown>[]>;

/** Every document of every collection in the order in which it lies there, as somebody reads them who may read everything. */
export const readEverything = ({ DATA_DIR, MONGODB_URI }: Config): Promise<Dump> =>
  MONGODB_URI === undefined ? readFile(DATA_DIR) : readDatabase(MONGODB_URI);

async function readFile(dataFolder: string): Promise<Dump> {
  const file = await openDataFile({
    file: join(dataFolder, 'wasl.mdb'),
    readOnly: true,
    collections: Object.keys(schema),
  });
  const all = [...file.documents].map(
    ([name, table]) => [name, [...table.getRange({})].map(({ value }) => ({ ...value }))] as const,
  );
  const index = [...file.entries.getRange({})].map(({ key }) => ({ key }));
  await file.root.close();
  return new Map<string, Record<string, unknown>[]>([...all, ['index entries', index]]);
}

async function readDatabase(uri: string): Promise<Dump> {
  const { default: mongoose } = await import('mongoose');
  const connection = await mongoose.createConnection(uri).asPromise();
  const all = new Map<string, Record<string, unknown>[]>(Object.keys(schema).map((name) => [name, []]));
  for (const { name } of await connection.listCollections()) {
    all.set(name, await connection.collection(name).find({}).toArray());
  }
  await connection.close();
  return all;
}
