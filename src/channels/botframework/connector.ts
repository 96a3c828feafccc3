import type {
  Activity as BotActivity,
  ConfigurationBotFrameworkAuthentication,
  ConversationReference,
} from 'botbuilder';
import { z } from 'zod';
import type { Clock } from '../../core/clock.js';
import { SendError } from '../../core/errors.js';
import { createHttpClient } from './http-client.js';

export interface ConnectorOptions {
  appId: string;
  appPassword: string;
  /** Of a bot that is registered for one tenant; Azure registers no others any more. */
  tenantId?: string;
  /** Microsoft's public cloud unless given. */
  cloud?: Cloud;
  clock: Clock;
}

/** Where the keys are that sign what reaches us, and how we prove who we are. */
export interface Cloud {
  issuer: string;
  openIdMetadataUrl: string;
  loginUrl: string;
  /** Instead of Microsoft's own library, which talks to Microsoft's own hosts and to nobody else. */
  credentials?: NonNullable<ConstructorParameters<typeof ConfigurationBotFrameworkAuthentication>[1]>;
}

export interface Connector {
  /** Does the token in `header` vouch for this channel and this service address? */
  authenticate(header: string, claimed: { channelId: string; serviceUrl: string }): Promise<Caller>;
  /** Rejects with `SendError` and nothing else. */
  send(reference: Partial<ConversationReference>, activity: Partial<BotActivity>): Promise<void>;
}

export type Caller =
  | { type: 'authenticated'; authorise: (headers: Headers) => Promise<void> }
  | { type: 'refused' }
  /** Microsoft's keys could not be fetched, so that nobody can be told from anybody. */
  | { type: 'unavailable' };

/** The seam to the SDK. It costs a third of a second and 55 MB, so it is loaded here and not at the top. */
export async function connect(options: ConnectorOptions): Promise<Connector> {
  const { CloudAdapter, ConfigurationBotFrameworkAuthentication } = await import('botbuilder');
  const { appId, appPassword, tenantId, cloud = publicCloud } = options;
  const authentication = new ConfigurationBotFrameworkAuthentication(
    {
      MicrosoftAppId: appId,
      MicrosoftAppPassword: appPassword,
      MicrosoftAppType: tenantId ? 'SingleTenant' : 'MultiTenant',
      ...(tenantId ? { MicrosoftAppTenantId: tenantId } : {}),
      ToChannelFromBotLoginUrl: cloud.loginUrl,
      ToChannelFromBotOAuthScope: publicApi,
      ToBotFromChannelTokenIssuer: cloud.issuer,
      ToBotFromChannelOpenIdMetadataUrl: cloud.openIdMetadataUrl,
      OAuthUrl: publicApi,
    },
    cloud.credentials,
    undefined,
    undefined,
    { httpClient: createHttpClient(options.clock) as never },
  );
  const adapter = new CloudAdapter(authentication);

  return {
    authenticate: (header, claimed) =>
      isFromChannelService(header, cloud.issuer)
        ? verify(authentication, header, claimed)
        : Promise.resolve({ type: 'refused' }),

    async send(reference, activity) {
      try {
        await adapter.continueConversationAsync(appId, reference, async (context) => {
          // The SDK makes up the id of a message to reply to; the one that we answer is in the activity.
          context.activity.id = '';
          await context.sendActivity(activity);
        });
      } catch (error) {
        throw error instanceof SendError ? error : tokenError(error);
      }
    },
  };
}

async function verify(
  authentication: ConfigurationBotFrameworkAuthentication,
  header: string,
  claimed: { channelId: string; serviceUrl: string },
): Promise<Caller> {
  try {
    const caller = await authentication.authenticateRequest(claimed as BotActivity, header);
    return {
      type: 'authenticated',
      authorise: async (headers) => {
        const client = await caller.connectorFactory?.create(claimed.serviceUrl, caller.audience ?? publicApi);
        await client?.credentials.signRequest({ headers } as never);
      },
    };
  } catch (error) {
    return { type: isOutage(error) ? 'unavailable' : 'refused' };
  }
}

/**
 * Only the channel service's own tokens go on to the SDK. It would also take the Emulator's and other bots', whose
 * `serviceUrl` it does not compare with the token; and before it checks any signature it adds the tenant that a token
 * names to a global list, for ever, so that anybody could fill our memory. The channel service names no tenant.
 */
function isFromChannelService(header: string, issuer: string): boolean {
  const payload = /^Bearer [\w-]+\.([\w-]+)\.[\w-]+$/.exec(header)?.[1];
  if (!payload) return false;
  try {
    const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString());
    return channelClaims.safeParse(claims).data?.iss === issuer;
  } catch {
    return false;
  }
}

const channelClaims = z.object({ iss: z.string(), tid: z.undefined().optional() });

/** node-fetch's error, or the SDK's own for an answer that is not 200. */
const isOutage = (error: unknown): boolean =>
  error instanceof Error && (error.name === 'FetchError' || ('statusCode' in error && error.statusCode === 500));

/** What is left when the connector's answers are out: Microsoft's login. MSAL names its failures in `errorCode`. */
function tokenError(cause: unknown): SendError {
  const code = cause instanceof Error && 'errorCode' in cause ? String(cause.errorCode) : '';
  return code === '' || /network|endpoints|request|timeout|openid/.test(code)
    ? new SendError('unavailable', 'Microsoft gave no token for sending.', { cause })
    : new SendError('unauthorised', 'Microsoft refuses the bot: look at MICROSOFT_APP_ID and _PASSWORD.', { cause });
}

const publicApi = 'https://api.botframework.com';

/** https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-authentication */
const publicCloud: Cloud = {
  issuer: publicApi,
  openIdMetadataUrl: 'https://login.botframework.com/v1/.well-known/openidconfiguration',
  loginUrl: 'https://login.microsoftonline.com/botframework.com',
};
