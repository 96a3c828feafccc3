import { once } from 'node:events';
import { WebSocket } from 'ws';
import { describeChannelContract, type ChannelDriver, type ContractParts } from '../contract.js';
import { createWebChatChannel } from '../../../src/channels/webchat/webchat.js';
import { systemClock } from '../../../src/core/clock.js';
import { systemIds } from '../../../src/core/ids.js';
import { createServer } from '../../../src/web/server.js';
import { createFakeMailbox } from './mailbox.js';

/** The contract's own ports accept; beside them a transcript keeps each reply after `send`, as the mailbox does. */
async function setup({ ports, log }: ContractParts): Promise<ChannelDriver> {
  const shown: string[] = [];
  const mailbox = createFakeMailbox();
  const channel = createWebChatChannel({
    ports,
    transcript: mailbox.transcript,
    tokenKey: Buffer.alloc(32, 1),
    clock: systemClock,
    ids: systemIds,
    log,
    origins: [],
    tokensPerMinute: 10,
    maxMessageBytes: 60_000,
    maxUploadBytes: 100_000,
    maxFiles: 3,
    locales: ['ar', 'en'],
  });
  const upgrades = channel.upgrade ? [channel.upgrade] : [];
  const server = createServer({ routes: channel.routes, upgrades, log, bodyLimitBytes: 1000, graceMs: 0 });
  await channel.start();
  const listening = await server.listen(0, '127.0.0.1');
  const base = `http://127.0.0.1:${listening.port}`;
  const visit = await fetch(`${base}/chat/token`, { method: 'POST' });
  const { token, conversationId } = (await visit.json()) as { token: string; conversationId: string };

  const authorization = `Bearer ${token}`;
  const resumed = await fetch(`${base}/v3/directline/conversations/${conversationId}`, { headers: { authorization } });
  const { streamUrl } = (await resumed.json()) as { streamUrl: string };
  const socket = new WebSocket(streamUrl).on('message', (frame) => {
    const { activities }: { activities: { text: string }[] } = JSON.parse((frame as Buffer).toString());
    shown.push(...activities.map(({ text }) => text));
  });
  await once(socket, 'open');

  let pending = 0;
  let sending = Promise.resolve();
  let latest: object = {};

  const post = (activity: object): Promise<Response> =>
    fetch(`${base}/v3/directline/conversations/${conversationId}/activities`, {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json' },
      body: JSON.stringify(activity),
    });

  /** As the widget does: one message after the other, each again under the same name until it is taken. */
  function deliver(activity: object): Promise<void> {
    latest = { ...activity, channelData: { clientActivityID: systemIds.uuid() } };
    const message = latest;
    pending += 1;
    sending = (async (before) => {
      await before;
      while (!(await post(message)).ok);
      pending -= 1;
    })(sending);
    return sending;
  }

  return {
    channel: {
      ...channel,
      async send(activity) {
        await channel.send(activity);
        mailbox.record(activity);
      },
    },
    says: (text) => deliver({ type: 'message', text }),
    sendsUnreadable: () =>
      deliver({
        type: 'message',
        attachments: [{ contentType: 'image/gif', contentUrl: 'data:image/gif;base64,AA==' }],
      }),
    deliversAgain: async () => void (await post(latest)),
    unacknowledged: () => pending,
    received: () => shown,
    address: { channelId: 'webchat', conversation: { id: conversationId }, from: { id: 'visitor' } },
    secrets: [token],
    async close() {
      await channel.stop();
      await listening.close();
    },
  };
}

describeChannelContract('web chat', setup, {
  cannot: { 'send failure': 'sending is writing into the transcript, which the mailbox does' },
});
