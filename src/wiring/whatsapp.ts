import type { Channel } from '../channels/channel.js';
import { createWhatsAppCloudChannel } from '../channels/whatsapp/cloud/channel.js';
import type { AppOptions, Core } from './core.js';
import { deliveryPorts } from './delivery-ports.js';
import { createWhatsAppWeb } from './whatsapp-web.js';

/** The one WhatsApp channel, by the provider that the operator has chosen; undefined when it is off. */
export function createWhatsApp(core: Core, options: AppOptions): Channel | undefined {
  const { WHATSAPP_PROVIDER: provider } = options.config;
  if (provider === 'off') return undefined;
  return provider === 'web' ? createWhatsAppWeb(core, options) : createWhatsAppCloud(core, options);
}

function createWhatsAppCloud(core: Core, { config, clock, log }: AppOptions): Channel {
  const { assets, ports } = core;
  return createWhatsAppCloudChannel({
    token: needed(config.WHATSAPP_CLOUD_TOKEN),
    phoneNumberId: needed(config.WHATSAPP_CLOUD_PHONE_NUMBER_ID),
    appSecret: needed(config.WHATSAPP_CLOUD_APP_SECRET),
    verifyToken: needed(config.WHATSAPP_CLOUD_VERIFY_TOKEN),
    apiRoot: config.WHATSAPP_CLOUD_API_ROOT,
    templates: assets.organisation.whatsapp?.templates ?? {},
    labels: (locale) => ({ choose: assets.t(locale === 'en' ? 'en' : 'ar', 'whatsapp.choose') }),
    ports: { ...ports, ...deliveryPorts(core) },
    clock,
    log,
  });
}

/** The configuration has refused a cloud provider that lacks one of these. */
function needed(value: string | undefined): string {
  if (value === undefined) throw new Error('A setting of WHATSAPP_PROVIDER=cloud is missing');
  return value;
}
