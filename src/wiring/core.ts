import type { Channel, ChannelPorts } from '../channels/channel.js';
import type { Config } from '../config.js';
import { createTurnRunner } from '../conversation/bot.js';
import { conceal } from '../conversation/conceal.js';
import { converse } from '../conversation/converse.js';
import { createAssets } from '../conversation/create-assets.js';
import type { Assets } from '../conversation/assets.js';
import type { PersonFacts } from '../conversation/person-facts.js';
import { openState, sealState } from '../conversation/sealed-state.js';
import { readState } from '../conversation/state.js';
import { unreadAnswer } from '../conversation/survey/secret.js';
import { conversationKey, type ChannelId } from '../core/activity.js';
import type { Clock } from '../core/clock.js';
import { ConfigError } from '../core/errors.js';
import type { Ids } from '../core/ids.js';
import type { Log } from '../core/log.js';
import { createSeal, type Seal } from '../core/seal.js';
import { loadContent } from '../flows/load.js';
import type { Bot, MailboxOptions, Observer } from '../mailbox/context.js';
import { createPerform, type GapRecord, type TaskRecord } from '../mailbox/effects.js';
import { createMailbox, type Mailbox } from '../mailbox/mailbox.js';
import type { ConversationRecord, MessageRecord } from '../mailbox/record.js';
import { createTranscript, type Transcript } from '../mailbox/transcript.js';
import type { Store } from '../store/collection.js';
import { checkDataKey, openDataKey, type DataKey } from '../store/data-key.js';
import { createFiles, type FileRecord } from '../store/files.js';
import { openStore } from '../store/open.js';
import type { OpenedStore } from '../store/opened.js';
import { createTakeover, type Takeover } from '../takeover/takeover.js';
import { createFeedback, type Feedback } from './feedback.js';
import { createSupport, type Support } from './support.js';

export interface AppOptions {
  config: Config;
  /** The folder that holds `flows/`, `locales/` and `dist/`. */
  root: string;
  clock: Clock;
  ids: Ids;
  log: Log;
  /** What `readAssets` has read already; otherwise it is read now. */
  assets?: Assets;
  /** How often to look for what is due; milliseconds. */
  beatMs?: number;
  /** Called when the process must not go on, because what it writes may be lost. */
  onFatal(error: unknown): void;
}

/** Everything below the channels: content, store, engine and mailbox. Channels are added to it by `connect`. */
export interface Core {
  assets: Assets;
  opened: OpenedStore;
  dataKey: DataKey;
  transcript: Transcript;
  mailbox: Mailbox;
  support: Support;
  takeover: Takeover;
  feedback: Feedback;
  ports: ChannelPorts;
  channels: Map<ChannelId, Channel>;
  start(): Promise<void>;
  /** Resolves when everything that was accepted is handled, and what it has to tell is told. For tools and tests. */
  settle(): Promise<void>;
  /** What was accepted is on disk; the store is closed. */
  stop(): Promise<void>;
}

export async function createCore(options: AppOptions, observer?: Observer): Promise<Core> {
  const { config, clock, ids, log } = options;
  const { assets = readAssets(options) } = options;
  const opened = await openStore({
    dataFolder: config.DATA_DIR,
    ...(config.MONGODB_URI === undefined ? {} : { mongodbUri: config.MONGODB_URI }),
    onFatal: options.onFatal,
    ids,
  });
  const channels = new Map<ChannelId, Channel>();
  const transcript = createTranscript(opened.store.collection<MessageRecord>('messages'), {
    ordered: opened.store.ordered,
    heard: (conversation) => takeover.heard(conversation),
  });
  const dataKey = openDataKey(config.DATA_DIR, config.DATA_KEY);
  await checkDataKey(opened.store, dataKey).catch(async (error: unknown) => {
    await opened.store.close();
    throw error;
  });
  const support = createSupport({
    store: opened.store,
    assets,
    seal: createSeal(dataKey.derive('people and requests')),
    ...(config.PUBLIC_URL === undefined ? {} : { publicUrl: config.PUBLIC_URL }),
    quiet: { daily: config.QUIET_HOURS, friday: config.QUIET_FRIDAY },
    clock,
    ids,
    log: log.child({ part: 'requests' }),
    enqueue: (activity) => mailbox.enqueue(activity),
    heardAt: (conversation) => mailbox.heardAt(conversation),
    async emit(event) {
      await takeover.context.events.emit(event);
      if (event.type === 'request') await feedback.requestChanged(event.about, event.change);
    },
    attended: (appointment) => feedback.interviewAttended(appointment),
    ...(options.beatMs === undefined ? {} : { beatMs: options.beatMs }),
  });
  const mailbox: Mailbox = createMailbox({
    conversations: opened.store.collection<ConversationRecord>('conversations'),
    transcript,
    channel: (id) => channels.get(id),
    bot: createBot({
      assets,
      clock,
      seal: createSeal(dataKey.derive('sealed answers')),
      async personFacts(conversation) {
        const own = await support.ownChats(conversation);
        const others = own.map(({ _id }) => _id).filter((_id) => _id !== conversation);
        const [facts, thumbs] = await Promise.all([support.personFacts(conversation, own), feedback.thumbsIn(others)]);
        return { ...facts, thumbs };
      },
    }),
    seal: createSeal(dataKey.derive('waiting messages')),
    perform: createPerform(effectCollections(opened.store), async (keyed) => {
      if (keyed.effect.type === 'person_wanted') return takeover.call({ ...keyed, effect: keyed.effect });
      await feedback.perform(keyed);
      return support.perform(keyed);
    }),
    performed: support.wake,
    ordered: opened.store.ordered,
    clock,
    ids,
    log: log.child({ part: 'mailbox' }),
    ...(observer ? { observe: observer } : {}),
  } satisfies MailboxOptions);
  const takeover = createTakeover({
    store: opened.store,
    assets,
    intervene: mailbox.intervene,
    returned: (conversation, at) => feedback.takeoverEnded(conversation, at),
    clock,
    ids,
    log: log.child({ part: 'takeover' }),
    ...(options.beatMs === undefined ? {} : { beatMs: options.beatMs }),
  });
  const feedback = createFeedback({
    store: opened.store,
    assets,
    keys: { box: dataKey.derive('ballot box'), tokens: dataKey.derive('ballot tokens') },
    support,
    intervene: mailbox.intervene,
    enqueue: mailbox.enqueue,
    windowMs: (id) => channels.get(id)?.windowMs,
    clock,
    ids,
    log: log.child({ part: 'satisfaction' }),
  });
  const files = createFiles({
    records: opened.store.collection<FileRecord>('files'),
    blobs: opened.blobs,
    clock,
    maxBytes: config.MAX_FILE_MB * 1024 * 1024,
  });
  const accept: ChannelPorts['accept'] = async (activity) => {
    const { type } = await mailbox.accept(activity);
    return { type: type === 'unknown_conversation' ? 'full' : type };
  };
  return {
    assets,
    opened,
    dataKey,
    support,
    takeover,
    feedback,
    transcript,
    mailbox,
    ports: {
      accept,
      files: { ...files, open: async (id) => (await support.openFile(id)) ?? files.open(id) },
    },
    channels,
    async start() {
      await mailbox.start({ alone: !opened.store.shared });
      support.start();
      takeover.start();
      feedback.start();
    },
    async settle() {
      await mailbox.settle();
      await support.beat();
      await takeover.beat();
      await feedback.beat();
      await mailbox.settle();
    },
    async stop() {
      await support.stop();
      await takeover.stop();
      await feedback.stop();
      await mailbox.stop();
      await opened.store.close();
    },
  };
}

/** What the bot knows and says. Learning it takes most of a start. Throws `ConfigError` for an unknown organisation. */
export function readAssets({ config, root }: Pick<AppOptions, 'config' | 'root'>): Assets {
  const content = loadContent(root);
  const organisation = content.organisations.get(config.ORGANISATION);
  if (!organisation) {
    const known = [...content.organisations.keys()].join(', ');
    throw new ConfigError([`ORGANISATION must be one of: ${known}, or a new file in flows/organisations`]);
  }
  return createAssets(content, organisation, {
    messagesPerMinute: config.MESSAGES_PER_MINUTE,
    messageLength: config.MAX_MESSAGE_LENGTH,
  });
}

export interface BotOptions {
  assets: Assets;
  clock: Clock;
  /** What people answer is sealed in the stored state. */
  seal: Seal;
  /** What is known of who writes in a conversation, by its key. */
  personFacts(conversation: string): Promise<PersonFacts>;
}

export function createBot({ assets, clock, seal, personFacts }: BotOptions): Bot {
  return {
    turn: createTurnRunner({
      async converse(state: unknown, activity) {
        const person = await personFacts(conversationKey(activity));
        const turned = converse(assets, { state: openState(state, seal), activity, now: clock.now(), person });
        return { ...turned, state: sealState(turned.state, seal) };
      },
    }),
    apology(state) {
      const { locale } = readState(state, 'ar');
      return { type: 'message', locale, text: assets.t(locale, 'bot.apology') };
    },
    conceal: (state, activity) => conceal(assets, state, activity),
    unread: unreadAnswer,
  };
}

const effectCollections = (store: Store) => ({
  gaps: store.collection<GapRecord>('gaps'),
  tasks: store.collection<TaskRecord>('tasks'),
});
