import type { Activity, MessageActivity } from '../core/activity.js';
import type { Person } from './people.js';
import type { Strand } from './time.js';
import type { World } from './world.js';

/** What somebody writes, or presses. */
export type Words = string | Pick<MessageActivity, 'text' | 'value'>;

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

export interface Speaker {
  strand: Strand;
  person: Person;
}

type Brought = { type: 'conversationUpdate' } | ({ type: 'message' } & Pick<MessageActivity, 'text' | 'value'>);

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
  await strand.until(strand.now() + 1000);
}
