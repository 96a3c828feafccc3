import { createBotFrameworkChannel } from '../channels/botframework/channel.js';
import type { Channel, TranscriptPort } from '../channels/channel.js';
import { createTelegramChannel } from '../channels/telegram/telegram.js';
import { createWebChatChannel } from '../channels/webchat/webchat.js';
import type { Config } from '../config.js';
import { conversationKey } from '../core/activity.js';
import type { Transcript } from '../mailbox/transcript.js';
import type { NamedState } from '../operations.js';
import type { AppOptions, Core } from './core.js';
import { createWhatsApp } from './whatsapp.js';

/** Every channel that is configured. A new one is added here. */
export function createChannels(core: Core, options: AppOptions): Channel[] {
  const { config, clock, ids, log } = options;
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
  const whatsApp = createWhatsApp(core, options);
  if (whatsApp) channels.push(whatsApp);
  return channels;
}

/** Those that are not, and what turns them on. */
export function absentChannels(config: Config): NamedState[] {
  const telegram = 'set TELEGRAM_BOT_TOKEN, which @BotFather gives, to turn it on';
  const botframework = 'set MICROSOFT_APP_ID and MICROSOFT_APP_PASSWORD from the Azure portal to turn it on';
  const whatsapp = 'set WHATSAPP_PROVIDER to turn it on; see WhatsApp in the README';
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
