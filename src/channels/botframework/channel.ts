import type { Request, Response } from 'express';
import type { Activity, MessageActivity } from '../../core/activity.js';
import { isMessage } from '../../core/activity.js';
import type { Clock } from '../../core/clock.js';
import { ConfigError, SendError } from '../../core/errors.js';
import type { Log } from '../../core/log.js';
import type { Channel, ChannelPorts } from '../channel.js';
import { conversationReference } from './address.js';
import { type Caller, type Cloud, connect, type Connector } from './connector.js';
import { fetchFile } from './files.js';
import { envelopeSchema, readActivity } from './inbound.js';
import { botActivity } from './outbound.js';

export interface BotFrameworkOptions {
  appId: string;
  appPassword: string;
  tenantId?: string;
  ports: ChannelPorts;
  clock: Clock;
  log: Log;
  cloud?: Cloud;
}

/**
 * Teams, Direct Line and whatever else Azure Bot Service connects, one person at a time: group chats are not answered,
 * because what a beneficiary writes is not for a group. `deliveryMode: expectReplies` is treated as a normal message:
 * replies are made after the message is durable, so they leave by the connector and never in the answer to the POST.
 */
export function createBotFrameworkChannel(options: BotFrameworkOptions): Channel {
  const { ports, clock, log } = options;
  if (options.appId.trim() === '' || options.appPassword.trim() === '') {
    // Without an app id the SDK lets everybody in and calls any `serviceUrl` it is given.
    throw new ConfigError(['MICROSOFT_APP_ID and MICROSOFT_APP_PASSWORD are needed together.']);
  }
  let connecting: Promise<Connector> | undefined;
  let receiving = false;
  const trouble: { keys?: string; login?: string } = {};
  const connector = (): Promise<Connector> => (connecting ??= connect(options));

  async function statusOf(request: Request): Promise<number> {
    if (!receiving) return 503;
    const header = request.get('authorization');
    if (!header) return 401;
    const envelope = envelopeSchema.safeParse(request.body);
    if (!envelope.success) return 400;
    const caller = await (await connector()).authenticate(header, envelope.data);
    if (caller.type === 'refused') return 401;
    if (caller.type === 'unavailable') {
      trouble.keys = 'the keys that Microsoft signs with cannot be fetched; look at the network';
      return 503;
    }
    delete trouble.keys;
    return take(request.body, { caller, serviceUrl: envelope.data.serviceUrl });
  }

  async function take(body: unknown, { caller, serviceUrl }: Envelope): Promise<number> {
    const inbound = readActivity(body, clock);
    if (inbound.type === 'malformed') return 400;
    if (inbound.type === 'ignored') return 200;
    const { authorise } = caller;
    const fetched = inbound.files.map((file) => fetchFile(file, { serviceUrl, authorise, files: ports.files }));
    const accepted = await ports.accept(withFiles(inbound.activity, await Promise.all(fetched)));
    return accepted.type === 'full' ? 503 : 200;
  }

  async function send(reply: MessageActivity): Promise<void> {
    const reference = conversationReference(reply);
    if (!reference) throw new SendError('invalid', 'This conversation did not come by Bot Framework.');
    try {
      await (await connector()).send(reference, await botActivity(reply, ports.files));
      delete trouble.login;
    } catch (error) {
      const failure = asSendError(error);
      if (failure.kind === 'unauthorised')
        trouble.login = 'Microsoft refuses MICROSOFT_APP_ID or MICROSOFT_APP_PASSWORD';
      throw failure;
    }
  }

  return {
    id: 'botframework',
    routes: [{ method: 'post', path: '/api/messages', body: 'json', handle: receive }],
    async start() {
      await connector();
      receiving = true;
    },
    async stop() {
      receiving = false;
    },
    send,
    state() {
      const reason = trouble.login ?? trouble.keys;
      if (reason) return { state: 'failing', reason };
      return receiving ? { state: 'on', reason: 'receives on /api/messages' } : { state: 'off', reason: 'not started' };
    },
  };

  async function receive(request: Request, response: Response): Promise<void> {
    const status = await statusOf(request).catch((error: unknown) => {
      log.error('A message could not be accepted', { channel: 'botframework', code: 'channel_failed', error });
      return 503;
    });
    response.status(status).end();
  }
}

interface Envelope {
  caller: Extract<Caller, { type: 'authenticated' }>;
  serviceUrl: string;
}

function withFiles(activity: Activity, files: Awaited<ReturnType<typeof fetchFile>>[]): Activity {
  if (!isMessage(activity) || files.length === 0) return activity;
  return { ...activity, attachments: [...(activity.attachments ?? []), ...files] };
}

const asSendError = (error: unknown): SendError =>
  error instanceof SendError
    ? error
    : new SendError('unavailable', 'A file of this message could not be read.', { cause: error });
