import { describeChannelContract } from '../contract.js';
import { appPassword } from './cloud.js';
import { startBot } from './setup.js';

describeChannelContract('Bot Framework', async (parts) => {
  const bot = await startBot(parts);
  let count = 0;
  let unacknowledged = 0;
  let latest: Record<string, unknown> = {};

  /** As a channel that sends again until it is told that we have the message. */
  const deliver = async (about: Record<string, unknown>): Promise<void> => {
    latest = bot.activity(about);
    unacknowledged += 1;
    for (let attempt = 1; attempt <= 5; attempt += 1) {
      if (!(await bot.post(latest)).ok) continue;
      unacknowledged -= 1;
      return;
    }
  };
  const next = (): { id: string } => ({ id: `m-${(count += 1)}` });

  return {
    channel: bot.channel,
    says: (text) => deliver({ ...next(), text }),
    sendsUnreadable: () =>
      deliver({ ...next(), text: '', attachments: [{ contentType: 'application/vnd.microsoft.card.audio' }] }),
    deliversAgain: () => deliver(latest),
    unacknowledged: () => unacknowledged,
    received: () => bot.cloud.sent.map(({ activity }) => String(activity['text'])),
    failsSending: () => bot.cloud.fails(500),
    address: bot.address,
    secrets: ['نورة', 'visitor-1', 'chat-1', appPassword, 'connector-token'],
    close: () => bot.close(),
  };
});
