import type { Channel } from '../channel.js';
import { createWhatsAppCloudChannel, type WhatsAppCloudOptions } from './cloud/channel.js';

/** The part of the configuration that is about WhatsApp. */
export interface WhatsAppSettings {
  WHATSAPP_PROVIDER: 'off' | 'web' | 'cloud';
  WHATSAPP_CLOUD_TOKEN?: string | undefined;
  WHATSAPP_CLOUD_PHONE_NUMBER_ID?: string | undefined;
  WHATSAPP_CLOUD_APP_SECRET?: string | undefined;
  WHATSAPP_CLOUD_VERIFY_TOKEN?: string | undefined;
  WHATSAPP_CLOUD_API_ROOT: string;
}

type Common = Omit<WhatsAppCloudOptions, 'token' | 'phoneNumberId' | 'appSecret' | 'verifyToken' | 'apiRoot'>;

/** The one WhatsApp channel, by the provider that the operator has chosen; undefined when it is off. */
export function createWhatsAppChannel(settings: WhatsAppSettings, common: Common): Channel | undefined {
  const {
    WHATSAPP_PROVIDER: provider,
    WHATSAPP_CLOUD_TOKEN: token,
    WHATSAPP_CLOUD_PHONE_NUMBER_ID: phoneNumberId,
    WHATSAPP_CLOUD_APP_SECRET: appSecret,
    WHATSAPP_CLOUD_VERIFY_TOKEN: verifyToken,
    WHATSAPP_CLOUD_API_ROOT: apiRoot,
  } = settings;
  // The configuration has refused a cloud provider that lacks one of these, and the other provider.
  if (provider !== 'cloud' || !token || !phoneNumberId || !appSecret || !verifyToken) return undefined;
  return createWhatsAppCloudChannel({ ...common, token, phoneNumberId, appSecret, verifyToken, apiRoot });
}
