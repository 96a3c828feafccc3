// The peer: Bot Framework's own echo bot with its own state, in memory, on the smallest adapter that runs it. Its state is
// read and written for each turn, as our mailbox does; nothing of it reaches a disk.
import { ActivityHandler, BotAdapter, ConversationState, MemoryStorage, TurnContext } from 'botbuilder-core';

/** `conversations` conversations at once, each with `outstanding` messages under way; `turns` in all. */
export async function echoBench({ turns, conversations, outstanding = 1 }) {
  const adapter = new EchoAdapter();
  const bot = new EchoBot(new ConversationState(new MemoryStorage()));
  const each = Math.ceil(turns / conversations);
  const start = performance.now();
  await Promise.all(
    Array.from({ length: conversations }, (_, index) => talk({ adapter, bot, index, each, outstanding })),
  );
  const seconds = (performance.now() - start) / 1000;
  if (adapter.sent !== each * conversations) throw new Error(`The echo bot answered ${adapter.sent} times.`);
  return { turnsPerSecond: (each * conversations) / seconds };
}

async function talk({ adapter, bot, index, each, outstanding }) {
  let turn = 0;
  const write = async () => {
    while (turn < each) await adapter.processActivity(message(index, (turn += 1)), bot);
  };
  await Promise.all(Array.from({ length: outstanding }, write));
}

const message = (conversation, turn) => ({
  type: 'message',
  id: `${conversation}.${turn}`,
  timestamp: new Date(),
  channelId: 'test',
  serviceUrl: 'https://test.com',
  conversation: { id: `c${conversation}` },
  from: { id: `p${conversation}`, name: 'Person' },
  recipient: { id: 'bot', name: 'Bot' },
  text: 'متى يطلع قرار اللجنة؟',
});

class EchoBot extends ActivityHandler {
  constructor(conversationState) {
    super();
    const count = conversationState.createProperty('count');
    this.onMessage(async (context, next) => {
      const turn = (await count.get(context, 0)) + 1;
      await count.set(context, turn);
      await context.sendActivity(`${turn}: ${context.activity.text}`);
      await next();
    });
    this.conversationState = conversationState;
  }

  async run(context) {
    await super.run(context);
    await this.conversationState.saveChanges(context);
  }
}

/** As botbuilder's TestAdapter: sending is counting. */
class EchoAdapter extends BotAdapter {
  sent = 0;

  processActivity(activity, bot) {
    return this.runMiddleware(new TurnContext(this, activity), (context) => bot.run(context));
  }

  async sendActivities(_context, activities) {
    this.sent += activities.length;
    return activities.map(({ id }) => ({ id }));
  }

  async updateActivity() {}
  async deleteActivity() {}
  async continueConversation() {}
}
