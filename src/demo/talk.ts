import { setImmediate as breathe } from 'node:timers/promises';
import { conversationKey, type Activity, type MessageActivity } from '../core/activity.js';
import type { ConversationRecord, MessageRecord } from '../mailbox/record.js';
import type { Person } from './people.js';
import type { Strand } from './time.js';
import type { World } from './world.js';

export interface Speaker {
  strand: Strand;
  person: Person;
}

/** What somebody writes, presses or sends. */
export type Words = string | Pick<MessageActivity, 'text' | 'value' | 'attachments'>;

/** Writes in the person's own chat, as their channel would bring it, with the time that people take between. */
export async function writes(world: World, { strand, person }: Speaker, words: readonly Words[]): Promise<void> {
  for (const one of words) {
    await brings(world, { strand, person }, { type: 'message', ...(typeof one === 'string' ? { text: one } : one) });
    await strand.until(strand.now() + strand.chance.between(20, 90) * 1000);
  }
}

/** Opens the page, or presses Start, and is greeted. */
export const arrives = (world: World, speaker: Speaker): Promise<void> =>
  brings(world, speaker, { type: 'conversationUpdate' });

/** The last thing that was said to the person; undefined when nothing was, or the person has spoken since. */
export async function lastSaid({ core }: World, { person }: Speaker): Promise<MessageActivity | undefined> {
  const conversation = conversationKey(person.address);
  const messages = core.opened.store.collection<MessageRecord>('messages');
  const [last] = await messages.find({ conversation, sequence: { $gt: 0 } }, { sort: { sequence: -1 }, limit: 1 });
  return last?.activity.type === 'message' && last.activity.role === 'bot' ? last.activity : undefined;
}

type Brought = { type: 'conversationUpdate' } | ({ type: 'message' } & Exclude<Words, string>);

/** Resolves when the answer is there: people wait for it. */
async function brings({ core }: World, { strand, person }: Speaker, brought: Brought): Promise<void> {
  const activity: Activity = {
    ...person.address,
    ...brought,
    id: `${person.address.conversation.id}-${strand.now()}`,
    timestamp: new Date(strand.now()).toISOString(),
    locale: person.locale,
    role: 'user',
  };
  await strand.does(() => core.ports.accept(activity));
  const conversations = core.opened.store.collection<ConversationRecord>('conversations');
  const _id = conversationKey(person.address);
  for (let record = await conversations.findOne({ _id }); record; record = await conversations.findOne({ _id })) {
    if (record.failures > 0) throw new Error('The demonstration said something that could not be handled');
    if (record.lease === null && record.inbox.length === 0 && record.outgoing.length === 0) break;
    await breathe();
  }
  await strand.until(strand.now() + 1000);
}
