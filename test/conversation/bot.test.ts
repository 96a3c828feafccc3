import type { MiddlewareHandler } from 'botbuilder-core';
import { describe, expect, it } from 'vitest';
import { createTurnRunner } from '../../src/conversation/bot.js';
import type { Turned } from '../../src/conversation/bot.js';
import type { Activity, Reply } from '../../src/core/activity.js';
import { AppError } from '../../src/core/errors.js';

interface State {
  count: number;
}

const base = {
  id: 'm-1',
  timestamp: '2026-01-05T09:00:00.000Z',
  role: 'user',
  channelId: 'terminal',
  conversation: { id: 'c-1' },
  from: { id: 'p-1', name: 'نورة' },
} as const;

const message: Activity = { ...base, type: 'message', text: 'السلام عليكم', locale: 'ar' };
const arrival: Activity = { ...base, type: 'conversationUpdate' };
const event: Activity = { ...base, type: 'event', name: 'webchat/language', value: 'en' };

const typing: MiddlewareHandler = async (context, next) => {
  await context.sendActivity({ type: 'typing' });
  await next();
};

const say = (text: string): Reply => ({ type: 'message', locale: 'ar', text });

/** Counts, echoes the kind of activity, and remembers what it was given. */
function createEngine() {
  const heard: Activity[] = [];
  const converse = (state: State, activity: Activity): Turned<State, string> => {
    heard.push(activity);
    return { state: { count: state.count + 1 }, replies: [say(activity.type)], effects: [`did ${activity.type}`] };
  };
  return { heard, converse };
}

describe('a turn', () => {
  it.each([message, arrival, event])(
    'hands $type to the engine as it is and returns what the engine made',
    async (activity) => {
      const { heard, converse } = createEngine();
      const run = createTurnRunner({ converse });
      const turned = await run({ count: 1 }, activity);
      expect(heard).toEqual([activity]);
      expect(turned).toEqual({ state: { count: 2 }, replies: [say(activity.type)], effects: [`did ${activity.type}`] });
    },
  );

  it('returns replies in order and without an address, which the mailbox gives', async () => {
    const rich: Reply = {
      ...say('اختر'),
      suggestedActions: { actions: [{ type: 'postBack', title: 'طلب', value: 'start:support-request' }] },
      channelData: { expects: { type: 'menu' } },
    };
    const run = createTurnRunner({ converse: (state: null) => ({ state, replies: [say('أولًا'), rich], effects: [] }) });
    expect((await run(null, message)).replies).toEqual([say('أولًا'), rich]);
  });

  it('leaves the activity and the replies of the engine untouched', async () => {
    const replies = [Object.freeze(say('ثابت'))];
    const run = createTurnRunner({ converse: (state: null) => ({ state, replies, effects: [] }) });
    await run(null, Object.freeze({ ...message }));
    expect(replies).toEqual([say('ثابت')]);
  });

  it('keeps turns apart that run at the same time', async () => {
    const { converse } = createEngine();
    const run = createTurnRunner({ converse, middleware: [async (_, next) => next()] });
    const states = await Promise.all(Array.from({ length: 50 }, (_, count) => run({ count }, message)));
    expect(states.map(({ state, replies }) => [state.count, replies.length])).toEqual(
      Array.from({ length: 50 }, (_, count) => [count + 1, 1]),
    );
  });

  it('rejects with the fault of the engine', async () => {
    const fault = new Error('a fault');
    const run = createTurnRunner({
      converse: () => {
        throw fault;
      },
    });
    await expect(run(null, message)).rejects.toBe(fault);
  });
});

describe('middleware of a turn', () => {
  it('runs around the engine, outermost first', async () => {
    const order: string[] = [];
    const note = (name: string) => async (_: unknown, next: () => Promise<void>) => {
      order.push(`${name} in`);
      await next();
      order.push(`${name} out`);
    };
    const { converse } = createEngine();
    await createTurnRunner({ converse, middleware: [note('outer'), note('inner')] })({ count: 0 }, message);
    expect(order).toEqual(['outer in', 'inner in', 'inner out', 'outer out']);
  });

  it('may change what the engine hears and what the person reads, for this turn only', async () => {
    const { heard, converse } = createEngine();
    const run = createTurnRunner({
      converse,
      middleware: [
        async (context, next) => {
          context.activity.text = 'changed';
          context.onSendActivities(async (_, activities, send) => {
            for (const activity of activities) activity.text = `${activity.text}!`;
            return send();
          });
          await next();
        },
      ],
    });
    const { replies } = await run({ count: 0 }, message);
    expect(heard).toMatchObject([{ text: 'changed' }]);
    expect(replies).toMatchObject([{ text: 'message!' }]);
    expect(message).toMatchObject({ text: 'السلام عليكم' });
  });

  it('may end the turn itself: its words go out and the state stays', async () => {
    const { heard, converse } = createEngine();
    const run = createTurnRunner({
      converse,
      middleware: [async (context) => void (await context.sendActivity('مهلًا'))],
    });
    const turned = await run({ count: 7 }, message);
    expect(turned).toEqual({
      state: { count: 7 },
      replies: [{ type: 'message', locale: 'ar', text: 'مهلًا' }],
      effects: [],
    });
    expect(heard).toEqual([]);
  });

  it('may say that the bot is typing; nobody hears it', async () => {
    const { converse } = createEngine();
    expect((await createTurnRunner({ converse, middleware: [typing] })({ count: 0 }, message)).replies).toHaveLength(1);
  });

  it('may not change or delete what was sent, nor write outside of a turn', async () => {
    const { converse } = createEngine();
    const attempts = [
      createTurnRunner({ converse, middleware: [async (context) => void (await context.updateActivity({ id: '1' }))] }),
      createTurnRunner({ converse, middleware: [async (context) => context.deleteActivity('1')] }),
      createTurnRunner({
        converse,
        middleware: [async (context) => context.adapter.continueConversation({}, async () => {})],
      }),
      createTurnRunner({
        converse,
        middleware: [async (context) => void (await context.sendActivity({ type: 'handoff' }))],
      }),
    ];
    for (const run of attempts) {
      const refusal = await run({ count: 0 }, message).catch((error: unknown) => error);
      expect(refusal).toBeInstanceOf(AppError);
      expect(refusal).toMatchObject({ code: 'turn_failed' });
    }
  });
});
