import { returnedEvent } from '../conversation/person.js';
import { afterWork } from '../core/working-time.js';
import { act, type Acted, type Step } from './act.js';
import type { Colleague, TakeoverContext } from './context.js';
import { isHeld, queueOwner, type Desk, type DeskConversation, type Queue } from './desk.js';
import { handedBack, mark, sentence, wordOf } from './words.js';

/** Somebody else has the conversation; `by` is the account, or `bot` or `queue` when nobody has. */
export interface NotYours {
  type: 'not_yours';
  by: string;
}

type Result = Promise<Acted<NotYours>>;

/**
 * Takes a conversation: the bot is silent from now on. Of two who take at once one wins and the other hears who. What
 * another colleague holds can be taken when the person was left waiting too long, or by an administrator.
 */
export function take(context: TakeoverContext, conversation: string, by: Colleague): Result {
  return act<NotYours>(context, conversation, (record) => {
    const { owner, desk } = record;
    const free = !isHeld(record) || owner === by.id || desk?.raised === true;
    if (!free && !by.admin) return { type: 'not_yours', by: owner };
    const taken = placed(context, record, { status: 'taken' });
    // Who comes back to what was snoozed needs no introduction.
    if (owner === by.id) return { type: 'step', desk: taken, change: 'taken' };
    const id = context.ids.uuid();
    const hello = sentence(context, record, { id, key: 'person.taken', variables: { name: by.name } });
    return {
      type: 'step',
      owner: by.id,
      desk: taken,
      say: [mark(context, record, { name: 'staff/taken', by: by.id }), hello],
      change: 'taken',
    };
  });
}

/** Says something to the person. `id` is the sender's own; the same one is said once. */
export const answerPerson = (
  context: TakeoverContext,
  conversation: string,
  word: Parameters<typeof wordOf>[2],
): Result =>
  holding(context, conversation, word.by, (record) => ({
    type: 'step',
    desk: placed(context, record, { status: 'taken' }),
    say: [wordOf(context, record, word)],
    change: 'message',
  }));

/** Keeps a note for colleagues between the messages; nobody needs to hold the conversation. */
export const note = (context: TakeoverContext, conversation: string, said: { by: Colleague; note: string }): Result =>
  act<NotYours>(context, conversation, (record) => ({
    type: 'step',
    say: [mark(context, record, { name: 'staff/note', by: said.by.id, note: said.note })],
    change: 'note',
  }));

export type Destination = { account: string } | { queue: Queue };

/** Passes it on to a colleague, or into a queue; the bot stays silent. */
export const transfer = (
  context: TakeoverContext,
  conversation: string,
  { by, to, note: words }: { by: Colleague; to: Destination; note?: string },
): Result =>
  holding(context, conversation, by, (record) => {
    const { working, answerWithin, clock } = context;
    const answerBy = afterWork(clock.now(), answerWithin, working);
    const passed = { reason: 'transferred' as const, answerBy };
    const marked = mark(context, record, {
      name: 'staff/transferred',
      by: by.id,
      to: 'account' in to ? to.account : to.queue,
      ...(words === undefined ? {} : { note: words }),
    });
    return 'account' in to
      ? step(to.account, placed(context, record, { ...passed, status: 'taken' }))
      : step(queueOwner, placed(context, record, { ...passed, status: 'waiting', queue: to.queue }));

    function step(owner: string, desk: Desk): Step {
      return { type: 'step', owner, desk, say: [marked], change: 'transferred' };
    }
  });

/** Gives it back to the bot, which tells the person and goes on where a form stopped. */
export const giveBack = (context: TakeoverContext, conversation: string, by: Colleague): Result =>
  holding(context, conversation, by, (record) => ({
    type: 'step',
    owner: 'bot',
    desk: placed(context, record, { status: 'closed' }),
    hear: [handedBack(context, record, returnedEvent)],
    change: 'returned',
  }));

/** Puts it aside until a moment, or until the person writes. */
export const snooze = (
  context: TakeoverContext,
  conversation: string,
  { by, until }: { by: Colleague; until: number },
): Result =>
  holding(context, conversation, by, (record) => ({
    type: 'step',
    desk: { ...placed(context, record, { status: 'snoozed' }), until },
    say: [mark(context, record, { name: 'staff/snoozed', by: by.id, until: new Date(until).toISOString() })],
    change: 'snoozed',
  }));

/** Only for who holds the conversation, and for administrators while anybody does. */
const holding = (
  context: TakeoverContext,
  conversation: string,
  by: Colleague,
  decide: (record: DeskConversation) => Step,
): Result =>
  act<NotYours>(context, conversation, (record) => {
    const may = record.owner === by.id || (by.admin && record.owner !== 'bot');
    return may ? decide(record) : { type: 'not_yours', by: record.owner };
  });

/** Its place from now on. What staff take of themselves was called by nobody. */
export function placed(context: TakeoverContext, { desk }: DeskConversation, change: Partial<Desk>): Desk {
  const now = context.clock.now();
  const called: Desk = desk ?? {
    id: context.ids.uuid(),
    status: 'taken',
    since: now,
    queue: 'officer',
    reason: 'staff',
    answerBy: now,
    raised: false,
  };
  const { until: _until, ...kept } = called;
  return { ...kept, since: now, raised: false, ...change };
}
