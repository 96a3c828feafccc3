import type { FormSubmitted } from '../conversation/effects.js';
import { conversationKey } from '../core/activity.js';
import { derivedId } from '../core/ids.js';
import type { Form, FormOutcome } from '../flows/schema.js';
import { answersOf } from '../requests/declaration.js';
import { dayOf, missingPapers } from '../requests/papers.js';
import type { RequestRecord } from '../requests/record.js';
import { fillIn, formThat, sign } from './answers.js';
import { plainForm } from './content/form.js';
import { savePaper } from './papers.js';
import type { Speaker } from './talk.js';
import type { World } from './world.js';

/** A request, and who asked for it. */
export interface Life extends Speaker {
  world: World;
  reference: string;
}

const requestForm = (world: World): Form => formThat(world, 'request') ?? plainForm(world.core.assets);

/** Applies; resolves to the request's life. `complete`: all papers are there; otherwise the last one is promised. */
export async function applies(world: World, speaker: Speaker, { complete }: { complete: boolean }): Promise<Life> {
  const form = requestForm(world);
  const { answers, signature } = await fillIn(world, speaker, { form, complete });
  await submits(world, speaker, { opens: 'request', answers, signature, form });
  const conversation = conversationKey(speaker.person.address);
  const [record] = await world.committee.requests.find(
    { conversation, submittedAt: { $gt: 0 } },
    { sort: { submittedAt: -1 }, limit: 1 },
  );
  if (!record) throw new Error('The demonstration submitted a request, and there is none');
  return { world, ...speaker, reference: record.reference };
}

export async function readRequest({ world, reference }: Life): Promise<RequestRecord> {
  const record = await world.committee.requests.findOne({ reference });
  if (!record) throw new Error('The demonstration has lost a request');
  return record;
}

/** Sends all papers that are missing today. */
export async function sendsMissing(life: Life): Promise<void> {
  const { world, strand, reference } = life;
  const missing = missingPapers(await readRequest(life), dayOf(strand.now()));
  if (missing.length === 0) return;
  const files = await Promise.all(missing.map((paper) => savePaper(world, strand, paper)));
  await submits(world, life, { opens: 'papers', reference, answers: { documents: { files, later: [] } } });
}

/** Gives one number anew, and signs again. */
export async function corrects(life: Life): Promise<void> {
  const { world, reference } = life;
  const form = requestForm(world);
  const known = answersOf(world.committee.seal, await readRequest(life));
  const step = form.steps.find(({ type, ask }) => (type === 'money' || type === 'number') && known[ask] !== undefined);
  const answers = step ? { ...known, [step.ask]: Number(known[step.ask]) + 1 } : known;
  await submits(world, life, { opens: 'request', reference, form, ...sign(world, life, { form, answers }) });
}

export const withdraws = (life: Life, why: string): Promise<void> =>
  submits(life.world, life, { opens: 'withdrawal', reference: life.reference, answers: { why } });

export const appeals = (life: Life, why: string): Promise<void> =>
  submits(life.world, life, { opens: 'appeal', reference: life.reference, answers: { why } });

type Submitted = Pick<FormSubmitted, 'answers'> &
  Partial<Pick<FormSubmitted, 'reference' | 'signature'>> & { opens: FormOutcome; form?: Form };

/** As the mailbox does with what a turn has caused. */
async function submits(world: World, { strand, person }: Speaker, { form, ...effect }: Submitted): Promise<void> {
  const { address, locale } = person;
  const conversation = conversationKey(address);
  const { id, version } = form ?? formThat(world, effect.opens) ?? { id: effect.opens, version: 1 };
  const at = strand.now();
  await strand.does(() =>
    world.core.support.perform({
      id: derivedId('demonstration', conversation, effect.opens, String(at)),
      conversation,
      address,
      at,
      effect: { type: 'form_submitted', form: id, version, locale, ...effect },
    }),
  );
}
