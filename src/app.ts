import { createBotFrameworkChannel } from './channels/botframework/channel.js';
import type { Channel, ChannelPorts, DeliveryPorts, TranscriptPort } from './channels/channel.js';
import { createTelegramChannel } from './channels/telegram/telegram.js';
import { createWhatsAppChannel } from './channels/whatsapp/whatsapp.js';
import { createWebChatChannel } from './channels/webchat/webchat.js';
import type { Config } from './config.js';
import { createTurnRunner } from './conversation/bot.js';
import { conceal } from './conversation/conceal.js';
import { converse } from './conversation/converse.js';
import { createAssets } from './conversation/create-assets.js';
import type { Assets } from './conversation/assets.js';
import type { PersonFacts } from './conversation/person-facts.js';
import { openState, sealState } from './conversation/sealed-state.js';
import { readState } from './conversation/state.js';
import { conversationKey, type ChannelId } from './core/activity.js';
import type { Clock } from './core/clock.js';
import { ConfigError } from './core/errors.js';
import type { Ids } from './core/ids.js';
import type { Log } from './core/log.js';
import { createSeal, type Seal } from './core/seal.js';
import { loadContent } from './flows/load.js';
import type { Bot, MailboxOptions, Observer } from './mailbox/context.js';
import { createPerform, type GapRecord, type SubmissionRecord, type TaskRecord } from './mailbox/effects.js';
import { createMailbox, type Mailbox } from './mailbox/mailbox.js';
import type { ConversationRecord, MessageRecord } from './mailbox/record.js';
import { createTranscript, type Transcript } from './mailbox/transcript.js';
import { createMetrics, createOperationsRoutes, type NamedState } from './operations.js';
import { createStaff, type Staff } from './staff/index.js';
import type { Store } from './store/collection.js';
import { openDataKey, type DataKey } from './store/data-key.js';
import { createFiles, type FileRecord } from './store/files.js';
import { openStore } from './store/open.js';
import type { OpenedStore } from './store/opened.js';
import { createVerifyRoute } from './requests/verify-route.js';
import type { CommitteeContext } from './requests/sitting-change.js';
import type { SittingRecord } from './requests/sitting-record.js';
import type { AccountRecord } from './staff/account.js';
import { committeeCalls } from './staff/committee/calls.js';
import { committeeMembers } from './staff/committee/members.js';
import { conversationCalls } from './staff/conversations/calls.js';
import type { ConversationCallsContext } from './staff/conversations/context.js';
import { eventCalls } from './staff/conversations/events.js';
import { requestCalls } from './staff/requests/calls.js';
import type { RequestCallsContext } from './staff/requests/context.js';
import { peopleCalls } from './staff/requests/people.js';
import { taskCalls } from './staff/requests/tasks.js';
import type { BeneficiaryRecord } from './people/beneficiaries.js';
import { createSupport, type Support } from './support.js';
import { createTakeover, type Takeover } from './takeover/takeover.js';
import { createServer, type Listening } from './web/server.js';
import { createWebRoutes } from './web/routes.js';

export interface AppOptions {
  config: Config;
  /** The folder that holds `flows/`, `locales/` and `dist/`. */
  root: string;
  clock: Clock;
  ids: Ids;
  log: Log;
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
  const assets = readAssets(options);
  const opened = await openStore({
    dataFolder: config.DATA_DIR,
    ...(config.MONGODB_URI === undefined ? {} : { mongodbUri: config.MONGODB_URI }),
    onFatal: options.onFatal,
    ids,
  });
  const channels = new Map<ChannelId, Channel>();
  const transcript = createTranscript(opened.store.collection<MessageRecord>('messages'));
  const dataKey = openDataKey(config.DATA_DIR, config.DATA_KEY);
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
    emit: (event) => takeover.context.events.emit(event),
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
      personFacts: support.personFacts,
    }),
    perform: createPerform(effectCollections(opened.store), (keyed) =>
      keyed.effect.type === 'person_wanted'
        ? takeover.call({ ...keyed, effect: keyed.effect })
        : support.perform(keyed),
    ),
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
    clock,
    ids,
    log: log.child({ part: 'takeover' }),
    ...(options.beatMs === undefined ? {} : { beatMs: options.beatMs }),
  });
  const files = createFiles({
    records: opened.store.collection<FileRecord>('files'),
    blobs: opened.blobs,
    clock,
    maxBytes: config.MAX_FILE_MB * 1024 * 1024,
  });
  const accept: ChannelPorts['accept'] = async (activity) => {
    const { type } = await mailbox.accept(activity);
    if (type === 'accepted') takeover.heard(conversationKey(activity));
    return { type: type === 'unknown_conversation' ? 'full' : type };
  };
  return {
    assets,
    opened,
    dataKey,
    support,
    takeover,
    transcript,
    mailbox,
    ports: { accept, files },
    channels,
    async start() {
      await mailbox.start({ alone: !opened.store.shared });
      support.start();
      takeover.start();
    },
    async settle() {
      await mailbox.settle();
      await support.beat();
      await takeover.beat();
      await mailbox.settle();
    },
    async stop() {
      await support.stop();
      await takeover.stop();
      await mailbox.stop();
      await opened.store.close();
    },
  };
}

function readAssets({ config, root }: AppOptions): Assets {
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
  };
}

const effectCollections = (store: Store) => ({
  gaps: store.collection<GapRecord>('gaps'),
  tasks: store.collection<TaskRecord>('tasks'),
  submissions: store.collection<SubmissionRecord>('submissions'),
});

export interface App {
  /** Starts to listen and to receive; resolves when the chat page answers. */
  start(): Promise<Started>;
  /** Takes nothing more, finishes what is under way, closes. What was accepted is on disk. */
  stop(): Promise<void>;
}

export interface Started {
  port: number;
  place: string;
  keyMade: boolean;
  organisation: Assets['organisation'];
  channels: readonly NamedState[];
  /** Of the link by which the first administrator is made, while there is no account. */
  setUpToken?: string | undefined;
}

/** The whole server: the core, its channels, and the web server in front. */
export async function createApp(options: AppOptions): Promise<App> {
  const { config, log } = options;
  const metrics = createMetrics();
  const core = await createCore(options, metrics.observer);
  for (const channel of createChannels(core, options)) core.channels.set(channel.id, channel);
  const channels = [...core.channels.values()];
  const staff = createStaffApi(core, options);
  const states = (): NamedState[] => channels.map((channel) => ({ id: channel.id, ...channel.state() }));
  const web = createServer({
    routes: [
      ...createOperationsRoutes({ store: core.opened.store, metrics, channels: states, log }),
      ...createWebRoutes({
        organisation: core.assets.organisation,
        t: core.assets.t,
        maxUploadBytes: config.MAX_FILE_MB * 1024 * 1024,
      }),
      ...staff.routes,
      createVerifyRoute(core.support.context),
      ...channels.flatMap((channel) => channel.routes),
    ],
    upgrades: channels.flatMap((channel) => (channel.upgrade ? [channel.upgrade] : [])),
    log: log.child({ part: 'web' }),
    bodyLimitBytes: config.MAX_BODY_KB * 1024,
    trustProxy: config.TRUST_PROXY,
    onRequest: metrics.observeRequest,
  });
  let listening: Listening | undefined;

  return {
    async start() {
      const setUpToken = await staff.start();
      listening = await web.listen(config.PORT, config.HOST);
      await core.start();
      await Promise.all(channels.map((channel) => channel.start()));
      return {
        port: listening.port,
        place: core.opened.store.place,
        keyMade: core.dataKey.made,
        organisation: core.assets.organisation,
        channels: [...states(), ...absentChannels(config)],
        setUpToken,
      };
    },
    async stop() {
      core.takeover.context.events.close();
      await Promise.all(channels.map((channel) => channel.stop()));
      await listening?.close();
      await core.stop();
    },
  };
}

function createStaffApi(core: Core, { config, clock, ids, log }: AppOptions): Staff {
  const { opened, assets, dataKey, support, takeover } = core;
  const calls: RequestCallsContext = {
    context: support.context,
    assets,
    beneficiaries: support.beneficiaries,
    people: opened.store.collection<BeneficiaryRecord>('beneficiaries'),
    messages: opened.store.collection<MessageRecord>('messages'),
    tasks: opened.store.collection<TaskRecord>('tasks'),
    files: core.ports.files,
  };
  const committee: CommitteeContext = {
    ...support.context,
    sittings: opened.store.collection<SittingRecord>('sittings'),
    ...committeeMembers(opened.store.collection<AccountRecord>('accounts')),
  };
  const conversations: ConversationCallsContext = {
    takeover: takeover.context,
    accounts: opened.store.collection<AccountRecord>('accounts'),
    files: core.ports.files,
    requestsOf: async (conversation) =>
      (
        await support.context.requests.find(
          { conversation, submittedAt: { $gt: 0 } },
          { sort: { submittedAt: -1 }, limit: 20 },
        )
      ).map(({ reference }) => reference),
  };
  const { ADMIN_EMAIL: email, ADMIN_PASSWORD: password } = config;
  return createStaff({
    store: opened.store,
    clock,
    ids,
    log: log.child({ part: 'staff' }),
    t: assets.t,
    auditKey: dataKey.derive('staff audit'),
    publicUrl: config.PUBLIC_URL,
    admin: email === undefined || password === undefined ? undefined : { email, password },
    maxFileBytes: config.MAX_FILE_MB * 1024 * 1024,
    calls: [
      ...requestCalls(calls),
      ...peopleCalls(calls),
      ...taskCalls(calls),
      ...committeeCalls(committee),
      ...conversationCalls(conversations),
      ...eventCalls(takeover.context.events),
    ],
  });
}

function createChannels(core: Core, { config, clock, ids, log }: AppOptions): Channel[] {
  const { ports, assets, dataKey } = core;
  const common = { ports, clock, log };
  const channels: Channel[] = [
    createWebChatChannel({
      ...common,
      ids,
      transcript: webChatTranscript(core.transcript),
      tokenKey: dataKey.derive('web chat tokens'),
      ...(config.PUBLIC_URL === undefined ? {} : { publicUrl: config.PUBLIC_URL }),
      origins: config.CHAT_ORIGINS,
      tokensPerMinute: config.CHAT_TOKENS_PER_MINUTE,
      ...(config.DIRECT_LINE_SECRET === undefined ? {} : { directLineSecret: config.DIRECT_LINE_SECRET }),
      maxMessageBytes: config.MAX_BODY_KB * 1024,
      maxUploadBytes: config.MAX_FILE_MB * 1024 * 1024,
      maxFiles: config.MAX_FILES,
      locales: ['ar', 'en'],
      ...(core.opened.store.shared ? { lookAgainMs: 1000 } : {}),
    }),
  ];
  if (config.TELEGRAM_BOT_TOKEN !== undefined) {
    channels.push(
      createTelegramChannel({
        ...common,
        token: config.TELEGRAM_BOT_TOKEN,
        apiRoot: config.TELEGRAM_API_ROOT,
        mode: config.TELEGRAM_MODE,
        ...(config.PUBLIC_URL === undefined ? {} : { publicUrl: config.PUBLIC_URL }),
        webhookSecret: dataKey.derive('telegram webhook').toString('hex'),
        labels: (locale) => ({
          shareContact: assets.t(locale === 'en' ? 'en' : 'ar', 'telegram.shareContact'),
          shareLocation: assets.t(locale === 'en' ? 'en' : 'ar', 'telegram.shareLocation'),
        }),
      }),
    );
  }
  if (config.MICROSOFT_APP_ID !== undefined && config.MICROSOFT_APP_PASSWORD !== undefined) {
    channels.push(
      createBotFrameworkChannel({
        ...common,
        appId: config.MICROSOFT_APP_ID,
        appPassword: config.MICROSOFT_APP_PASSWORD,
        ...(config.MICROSOFT_APP_TENANT_ID === undefined ? {} : { tenantId: config.MICROSOFT_APP_TENANT_ID }),
      }),
    );
  }
  const whatsApp = createWhatsAppChannel(config, {
    ...common,
    ports: { ...ports, ...whatsAppDelivery(core.mailbox) },
    templates: assets.organisation.whatsapp?.templates ?? {},
    labels: (locale) => ({ choose: assets.t(locale === 'en' ? 'en' : 'ar', 'whatsapp.choose') }),
  });
  return whatsApp ? [...channels, whatsApp] : channels;
}

const whatsAppDelivery = (mailbox: Mailbox): DeliveryPorts => ({
  reported: (report) => mailbox.report({ channelId: 'whatsapp', ...report }),
  heardAt: (conversation) => mailbox.heardAt(conversationKey({ channelId: 'whatsapp', conversation })),
});

function absentChannels(config: Config): NamedState[] {
  const telegram = 'set TELEGRAM_BOT_TOKEN, which @BotFather gives, to turn it on';
  const botframework = 'set MICROSOFT_APP_ID and MICROSOFT_APP_PASSWORD from the Azure portal to turn it on';
  const whatsapp = 'set WHATSAPP_PROVIDER=cloud, and what the README tells under "WhatsApp", to turn it on';
  return [
    ...(config.WHATSAPP_PROVIDER === 'off' ? [{ id: 'whatsapp', state: 'off' as const, reason: whatsapp }] : []),
    ...(config.TELEGRAM_BOT_TOKEN === undefined ? [{ id: 'telegram', state: 'off' as const, reason: telegram }] : []),
    ...(config.MICROSOFT_APP_ID === undefined
      ? [{ id: 'botframework', state: 'off' as const, reason: botframework }]
      : []),
  ];
}

/** The transcript as web chat reads it: by its own conversation ids. */
const webChatTranscript = (transcript: Transcript): TranscriptPort => ({
  read: (conversation, sequence, limit) => transcript.read(webChatKey(conversation), sequence, limit),
  subscribe: (conversation, wake) => transcript.subscribe(webChatKey(conversation), wake),
});

const webChatKey = ({ id }: { id: string }): string => conversationKey({ channelId: 'webchat', conversation: { id } });
