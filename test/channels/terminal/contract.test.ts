import { describeChannelContract } from '../contract.js';
import { startTerminal } from './setup.js';

const prompt = '[you] ';

describeChannelContract(
  'Terminal',
  async ({ ports, log }) => {
    const { channel, input, output, printed } = startTerminal({
      log,
      prompt,
      ports: {
        // The arrival on start is not a message of the person's.
        accept: async (activity) =>
          activity.type === 'conversationUpdate' ? { type: 'accepted' } : ports.accept(activity),
      },
    });
    await channel.start();
    let written = 0;
    const prompts = (): number => printed().split(prompt).length - 1;
    return {
      channel,
      async says(text) {
        written += 1;
        input.write(`${text}\n`);
      },
      // The prompt comes back when a line has been taken.
      unacknowledged: () => written - Math.max(0, prompts() - 1),
      received: () => printed().replaceAll(prompt, '').split('\n\n').slice(0, -1),
      failsSending: () => void output.destroy(),
      address: { channelId: 'terminal', conversation: { id: 'desk-1' }, from: { id: 'terminal' } },
      secrets: ['desk-1'],
      async close() {
        await channel.stop();
        input.destroy();
      },
    };
  },
  {
    cannot: {
      redelivery: 'a terminal hands over each line once',
      unreadable: 'a terminal has text only',
    },
  },
);
