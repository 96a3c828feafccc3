import { describeChannelContract } from '../../contract.js';
import { personName, personNumber, startHarness } from './harness.js';

describeChannelContract('WhatsApp by the Cloud API', async ({ ports, log }) => {
  const { channel, server, person, close } = await startHarness({ ports, log });
  server.holdReports();
  let latest: object = {};
  return {
    channel,
    async says(text) {
      latest = person.says(text);
    },
    async sendsUnreadable() {
      person.sendsPayload('sticker');
    },
    async deliversAgain() {
      await server.deliver(latest);
    },
    unacknowledged: () => server.pendingCount(),
    received: () => person.messages.map((message) => message.text),
    failsSending: () => server.fail('messages', { status: 500, code: 131_000 }),
    address: { channelId: 'whatsapp', conversation: { id: personNumber }, from: { id: personNumber } },
    secrets: [server.credentials.token, server.credentials.appSecret, personName, personNumber],
    close,
  };
});
