import type { Clock } from '../../core/clock.js';
import type { Ids } from '../../core/ids.js';
import type { Log } from '../../core/log.js';
import type { Channel, ChannelPorts, TranscriptPort } from '../channel.js';
import { activityEndpoints } from './activity-endpoints.js';
import { createBaseUrl } from './base-url.js';
import type { WebChatContext } from './context.js';
import { conversationEndpoints } from './conversation-endpoints.js';
import { routesOf } from './endpoint.js';
import { createFileLinks, fileRoute } from './files.js';
import { createTokenLimit } from './limit.js';
import { createOrigins } from './origins.js';
import { createSigner } from './signer.js';
import { createStreams } from './streams.js';
import { tokenEndpoints } from './token-endpoints.js';
import { createTokens } from './tokens.js';
import { createTranscriptReader } from './transcript-reader.js';

export interface WebChatOptions {
  ports: ChannelPorts;
  transcript: TranscriptPort;
  /** Signs tokens, tickets and links: the same on every instance, and another one ends every visit. */
  tokenKey: Buffer;
  clock: Clock;
  ids: Ids;
  log: Log;
  /** For links; without it they lead to the host that the caller asked. */
  publicUrl?: string;
  /** Whose pages may embed the chat: origins, or `*`. Our own always may. */
  origins: readonly string[];
  /** New visitors of one address. */
  tokensPerMinute: number;
  directLineSecret?: string;
  maxMessageBytes: number;
  maxUploadBytes: number;
  maxFiles: number;
  /** Language tags; the first is the default. */
  locales: readonly string[];
  /** Set where other processes write the same transcript: how often streams look for news by themselves. */
  lookAgainMs?: number;
  heartbeatMs?: number;
}

/**
 * Web chat: a Direct Line 3.0 server. It is a view of the transcript: what a visitor posts goes to the mailbox, and what
 * the transcript says is pushed or polled, with its place there as the watermark. So `send` has nothing to do: the
 * mailbox writes the reply into the transcript next, and no client ever sees it twice.
 */
export function createWebChatChannel(options: WebChatOptions): Channel {
  const log = options.log.child({ channel: 'webchat' });
  const signer = createSigner(options.tokenKey, options.clock);
  const origins = createOrigins(options.origins, options.publicUrl);
  const links = createFileLinks(signer);
  const read = createTranscriptReader(options.transcript, log);
  const streams = createStreams({ heartbeatMs: 25_000, ...options, signer, origins, links, read });
  let running = false;

  const context: WebChatContext = {
    ...options,
    log,
    origins,
    links,
    read,
    streams,
    tokens: createTokens({ signer, ids: options.ids }),
    baseUrl: createBaseUrl(options.publicUrl),
    running: () => running,
  };

  return {
    id: 'webchat',
    readsTranscript: true,
    routes: [
      ...routesOf(context, [
        ...tokenEndpoints(context, createTokenLimit(options.tokensPerMinute)),
        ...conversationEndpoints(context),
        ...activityEndpoints(context),
      ]),
      fileRoute({ signer, origins, log, files: options.ports.files }),
    ],
    upgrade: streams.upgrade,

    async start() {
      running = true;
      streams.start();
    },

    async stop() {
      running = false;
      await streams.stop();
    },

    send: async () => {},

    state: () =>
      running
        ? { state: 'on', reason: 'Visitors start at /chat/token, Direct Line clients at /v3/directline.' }
        : { state: 'off', reason: 'Stopped.' },
  };
}
