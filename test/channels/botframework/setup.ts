import { createBotFrameworkChannel } from '../../../src/channels/botframework/channel.js';
import type { Address } from '../../../src/core/activity.js';
import { systemClock } from '../../../src/core/clock.js';
import { silentLog } from '../../../src/core/log.js';
import { createServer } from '../../../src/web/server.js';
import type { ContractParts } from '../contract.js';
import { appId, appPassword, startCloud } from './cloud.js';

/** The real channel behind the real web server, and Microsoft's part played on this machine. */
export async function startBot({ ports, log }: ContractParts) {
  const cloud = await startCloud();
  const parts = { appId, appPassword, ports, clock: systemClock, log, cloud: cloud.cloud };
  const channel = createBotFrameworkChannel(parts);
  await channel.start();
  const web = createServer({ routes: channel.routes, log: silentLog, bodyLimitBytes: 100_000 });
  const listening = await web.listen(0, '127.0.0.1');

  const post = async (body: unknown, authorization: string | undefined = cloud.token()): Promise<Response> =>
    fetch(`http://127.0.0.1:${listening.port}/api/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(authorization ? { authorization } : {}) },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });

  const activity = (about: Record<string, unknown> = {}): Record<string, unknown> => ({
    type: 'message',
    id: 'm-1',
    timestamp: '2026-01-05T09:00:00.000Z',
    channelId: 'webchat',
    serviceUrl: cloud.root,
    locale: 'ar-SA',
    conversation: { id: 'chat-1' },
    from: { id: 'visitor-1', name: 'نورة السبيعي' },
    recipient: { id: 'bot@1', name: 'Wasl' },
    text: 'السلام عليكم',
    ...about,
  });

  const address: Address = {
    channelId: 'botframework',
    conversation: { id: 'webchat|chat-1' },
    from: { id: 'webchat|visitor-1', name: 'نورة السبيعي' },
    serviceUrl: cloud.root,
    recipient: { id: 'bot@1' },
  };

  return {
    channel,
    cloud,
    post,
    activity,
    address,
    async close() {
      await channel.stop();
      await listening.close();
      await cloud.close();
    },
  };
}

export type Bot = Awaited<ReturnType<typeof startBot>>;
