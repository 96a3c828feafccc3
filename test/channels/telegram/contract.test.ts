import { describeChannelContract } from '../contract.js';
import type { ChannelDriver, ContractParts } from '../contract.js';
import { personName, startHarness, token } from './harness.js';

for (const mode of ['polling', 'webhook'] as const)
  describeChannelContract(`Telegram by ${mode}`, (parts) => setup(mode, parts));

async function setup(mode: 'polling' | 'webhook', { ports, log }: ContractParts): Promise<ChannelDriver> {
  const { channel, server, person, close } = await startHarness({ mode, ports, log });
  await channel.start();
  let latest: Record<string, unknown> = {};
  return {
    channel,
    async says(text) {
      latest = { message: person.says(text) };
    },
    async sendsUnreadable() {
      person.sends({ sticker: { file_id: 's1', emoji: '👍' } });
    },
    async deliversAgain() {
      server.repeat(latest);
    },
    unacknowledged: () => server.pendingCount(),
    received: () => person.messages.map((message) => message.text ?? ''),
    failsSending: () => server.fail('sendMessage', { status: 500, description: 'Internal Server Error' }),
    address: { channelId: 'telegram', conversation: { id: `${person.id}` }, from: { id: `${person.id}` } },
    secrets: [token, personName, `${person.id}`],
    close,
  };
}
