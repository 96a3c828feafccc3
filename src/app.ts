import { createChannelWatch, type ChannelWatch } from './channels/watch.js';
import type { Assets } from './conversation/assets.js';
import type { Observer } from './mailbox/context.js';
import { createMetrics, createOperationsRoutes, type NamedState } from './operations.js';
import { createVerifyRoute } from './requests/verify-route.js';
import { createServer, type Listening } from './web/server.js';
import { createWebRoutes } from './web/routes.js';
import type { ChannelView } from './staff/channels/calls.js';
import { absentChannels, createChannels } from './wiring/channels.js';
import { createCore, type AppOptions } from './wiring/core.js';
import { createStaffApi } from './wiring/staff.js';

export type { AppOptions };

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
  const { config, clock, log } = options;
  const watch = createChannelWatch(clock);
  const metrics = createMetrics();
  const core = await createCore(options, watched(metrics.observer, watch));
  for (const channel of createChannels(core, options)) core.channels.set(channel.id, channel);
  const channels = [...core.channels.values()];
  const views = (): ChannelView[] => [
    ...channels.map((channel) => ({ id: channel.id, ...channel.state(), details: watch.details(channel) })),
    ...absentChannels(config),
  ];
  const staff = createStaffApi(core, options, views);
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
      views();
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

const watched = (observer: Observer, watch: ChannelWatch): Observer => ({
  ...observer,
  accepted(channel, outcome) {
    observer.accepted(channel, outcome);
    watch.accepted(channel, outcome);
  },
  delivered(channel, outcome) {
    observer.delivered(channel, outcome);
    watch.delivered(channel, outcome);
  },
});
