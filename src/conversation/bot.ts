import { ActivityHandler, BotAdapter, TurnContext, type Middleware, type MiddlewareHandler } from 'botbuilder-core';
import type { Activity as BotActivity, ResourceResponse } from 'botbuilder-core';
import type { Activity, Reply } from '../core/activity.js';
import { AppError } from '../core/errors.js';

/** What a turn leaves behind. */
export interface Turned<State, Effect> {
  state: State;
  replies: readonly Reply[];
  effects: readonly Effect[];
  /** What is recorded as heard, where the message itself must not stay readable. */
  heard?: string;
}

export interface TurnRunnerOptions<State, Effect> {
  /** The engine, handed in so that this file knows nothing of it; with what it must read before, if anything. */
  converse: (state: State, activity: Activity) => Turned<State, Effect> | Promise<Turned<State, Effect>>;
  /** Bot Framework's own kind, outermost first. One that ends the turn itself leaves the state as it was. */
  middleware?: readonly (Middleware | MiddlewareHandler)[];
}

export type TurnRunner<State, Effect> = (state: State, activity: Activity) => Promise<Turned<State, Effect>>;

/**
 * Runs the engine as a Bot Framework bot: `TurnContext`, middleware, `ActivityHandler`. Plain data in and out; what
 * lives during a turn lives in its context, so that turns of different conversations may run at the same time.
 * The only file outside `channels/` that imports the SDK.
 */
export function createTurnRunner<State, Effect>(options: TurnRunnerOptions<State, Effect>): TurnRunner<State, Effect> {
  const { converse, middleware = [] } = options;
  const turnKey = Symbol('turn');
  const turnOf = (context: TurnContext): Turned<State, Effect> => context.turnState.get(turnKey);

  const answer = async (context: TurnContext, activity: Activity): Promise<void> => {
    const turned = await converse(turnOf(context).state, activity);
    context.turnState.set(turnKey, turned);
    if (turned.replies.length > 0) await context.sendActivities(turned.replies as Partial<BotActivity>[]);
  };
  const adapter = new CollectingAdapter().use(...middleware);
  const handler = createHandler(answer);

  return async (state, activity) => {
    const context = new TurnContext(adapter, toBot(activity));
    context.turnState.set(turnKey, { state, replies: [], effects: [] });
    const replies = await adapter.process(context, (revocable) => handler.run(revocable));
    return { ...turnOf(context), replies };
  };
}

function createHandler(answer: (context: TurnContext, activity: Activity) => Promise<void>): ActivityHandler {
  const hear = async (context: TurnContext, next: () => Promise<void>): Promise<void> => {
    await answer(context, fromBot(context.activity));
    await next();
  };
  return new ActivityHandler().onMessage(hear).onEvent(hear).onMembersAdded(hear);
}

/** Sends nothing: the replies of a turn are committed with its state, and the mailbox delivers them afterwards. */
class CollectingAdapter extends BotAdapter {
  async process(context: TurnContext, logic: (context: TurnContext) => Promise<void>): Promise<Reply[]> {
    const sent: Reply[] = [];
    context.turnState.set(sentKey, sent);
    await this.runMiddleware(context, logic);
    return sent;
  }

  override async sendActivities(context: TurnContext, activities: Partial<BotActivity>[]): Promise<ResourceResponse[]> {
    const sent = context.turnState.get<Reply[]>(sentKey);
    for (const activity of activities) {
      if (activity.type === 'message') sent.push(replyOf(activity));
      else if (!passing.has(activity.type ?? '')) throw refusal(`send an activity of type ${activity.type}`);
    }
    return activities.map(() => ({ id: '' }));
  }

  override async updateActivity(): Promise<never> {
    throw refusal('change a message that was sent');
  }

  override async deleteActivity(): Promise<never> {
    throw refusal('delete a message that was sent');
  }

  override async continueConversation(): Promise<never> {
    throw refusal('write outside of a turn');
  }
}

const sentKey = Symbol('sent');

/** They mean something only to a person who watches the turn; replies are delivered after it. */
const passing = new Set(['typing', 'delay', 'trace']);

const refusal = (what: string): AppError =>
  new AppError('turn_failed', `A middleware tried to ${what}; within a turn there are only replies.`);

/** `ActivityHandler` greets the members that a conversation update names, other than the bot itself. */
function toBot(activity: Activity): Partial<BotActivity> {
  if (activity.type !== 'conversationUpdate') return { ...activity } as unknown as Partial<BotActivity>;
  const arrival = { membersAdded: [activity.from], recipient: { id: '' }, [original]: activity };
  return { ...activity, ...arrival } as unknown as Partial<BotActivity>;
}

const fromBot = (activity: Partial<BotActivity>): Activity =>
  ((activity as { [original]?: Activity })[original] ?? activity) as Activity;

const original = Symbol('original');

/** Leaves off what `TurnContext` has added: the mailbox gives each reply its address and its id. */
function replyOf(activity: Partial<BotActivity>): Reply {
  const reply: Record<string, unknown> = {};
  for (const field of replyFields) if (activity[field] !== undefined) reply[field] = activity[field];
  return reply as unknown as Reply;
}

const replyFields = [
  'type', 'locale', 'text', 'value', 'attachments', 'suggestedActions', 'channelData',
] as const satisfies readonly (keyof Reply)[]; // prettier-ignore
