import { conversationKey } from '../core/activity.js';
import { isoDay } from '../core/riyadh.js';
import { missingPapers } from '../requests/papers.js';
import type { RequestRecord } from '../requests/record.js';
import { fills, formThat } from './forms.js';
import type { Speaker } from './talk.js';
import type { World } from './world.js';

/** A request, and who asked for it. */
export interface Life extends Speaker {
  world: World;
  reference: string;
}

/** Applies in the chat; resolves to the request's life. `complete`: all papers come with it. */
export async function applies(world: World, speaker: Speaker, { complete }: { complete: boolean }): Promise<Life> {
  await fills(world, speaker, { form: formThat(world, 'request'), complete });
  const conversation = conversationKey(speaker.person.address);
  const [record] = await world.committee.requests.find(
    { conversation, submittedAt: { $gt: 0 } },
    { sort: { submittedAt: -1 }, limit: 1 },
  );
  if (!record) throw new Error('The demonstration filled in a request, and there is none');
  return { world, ...speaker, reference: record.reference };
}

export async function readRequest({ world, reference }: Life): Promise<RequestRecord> {
  const record = await world.committee.requests.findOne({ reference });
  if (!record) throw new Error('The demonstration has lost a request');
  return record;
}

export const lacksPapers = async (life: Life): Promise<boolean> =>
  missingPapers(await readRequest(life), isoDay(life.strand.now())).length > 0;

/** Sends all papers that are missing today. */
export async function sendsMissing(life: Life): Promise<void> {
  const { world, reference } = life;
  if (await lacksPapers(life)) await fills(world, life, { form: formThat(world, 'papers'), about: reference });
}

/** Gives one number anew, or the first answer, and signs again. */
export async function corrects(life: Life): Promise<void> {
  const { world, reference } = life;
  const form = formThat(world, 'request');
  const step = form.steps.find(({ type, when }) => (type === 'money' || type === 'number') && !when) ?? form.steps.find(({ ask }) => ask === 'mobile'); // prettier-ignore
  await fills(world, life, { form, about: reference, ...(step ? { corrects: step.ask } : {}) });
}

export const withdraws = ({ world, reference, ...speaker }: Life): Promise<void> =>
  fills(world, speaker, { form: formThat(world, 'withdrawal'), about: reference });

export const appeals = ({ world, reference, ...speaker }: Life, words: string): Promise<void> =>
  fills(world, speaker, { form: formThat(world, 'appeal'), about: reference, words });
