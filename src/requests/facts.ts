import type { Correction, PersonFacts, RequestAction, RequestFacts } from '../conversation/person-facts.js';
import { isoDay } from '../core/riyadh.js';
import { requestsSeen, type Seen } from './chats.js';
import type { Chat, RequestsContext } from './context.js';
import { answersOf } from '../core/sealed-answers.js';
import { isReadable, isSigned } from './declaration.js';
import { isDisputable } from './dispute.js';
import { checkMove, type Status } from './lifecycle.js';
import { missingPapers, returnedPapers, takesPapers } from './papers.js';
import type { RequestRecord } from './record.js';

/** What the engine is told of the person in a conversation: their requests, as an applicant may know them. */
export async function personFacts(
  context: RequestsContext,
  conversation: string,
  own: readonly Chat[],
): Promise<PersonFacts> {
  const seen = await requestsSeen(context, conversation, own);
  const isOpen = ({ whole, record }: Seen): boolean => whole && isReadable(context.seal, record);
  return { requests: seen.map((one) => (isOpen(one) ? factsOf(context, one) : headOf(context, one))) };
}

function factsOf(context: RequestsContext, seen: Seen): RequestFacts {
  const { clock } = context;
  const { record } = seen;
  const actions = actionsOf(context, seen);
  const asksAgain = actions.includes('correct') || actions.includes('sign');
  return {
    ...knownOf(context, record),
    missing: takesPapers(record) ? missingPapers(record, isoDay(clock.now())) : [],
    returned: returnedPapers(record),
    ...(record.reason === null ? {} : { reason: record.reason }),
    actions,
    ...(asksAgain ? { correction: correctionOf(context, record) } : {}),
  };
}

const correctionOf = ({ seal }: RequestsContext, { form, papers, ...record }: RequestRecord): Correction => ({
  form: form.id,
  version: form.version,
  answers: answersOf(seal, record),
  papers,
});

/** That it is there, and where it stands: what was answered in it is for who has opened it. */
const headOf = (context: RequestsContext, seen: Seen): RequestFacts => ({
  ...knownOf(context, seen.record),
  missing: [],
  returned: {},
  actions: isDisputable(seen) ? ['dispute'] : [],
});

function knownOf({ organisation }: RequestsContext, record: RequestRecord) {
  const service = organisation.services.find(({ id }) => id === record.service)?.label[record.locale];
  return {
    reference: record.reference,
    status: record.status,
    ...(service === undefined ? {} : { service }),
    submittedAt: record.submittedAt,
    answerNotBefore: record.answerNotBefore,
  };
}

/** Where a signature that is missing may be given. */
export const isUnsigned = (context: RequestsContext, record: RequestRecord): boolean =>
  (['submitted', 'verification', 'needs_information'] satisfies Status[]).some((one) => one === record.status) &&
  !isSigned(context.seal, record);

function actionsOf(context: RequestsContext, seen: Seen): RequestAction[] {
  const { record } = seen;
  const may = (to: 'withdrawn' | 'appeal'): boolean =>
    checkMove(record.status, to, { by: ['applicant'], reason: '…' }).type === 'allowed';
  const appealed = record.events.some((event) => event.to === 'appeal');
  const today = isoDay(context.clock.now());
  const signs = isUnsigned(context, record);
  return [
    ...(signs ? (['sign'] as const) : []),
    ...(takesPapers(record) && missingPapers(record, today).length > 0 ? (['papers'] as const) : []),
    ...(record.status === 'needs_information' && !signs ? (['correct'] as const) : []),
    ...(may('withdrawn') ? (['withdraw'] as const) : []),
    ...(may('appeal') && !appealed ? (['appeal'] as const) : []),
    ...(record.declarations.length > 0 ? (['copy'] as const) : []),
    ...(isDisputable(seen) ? (['dispute'] as const) : []),
  ];
}
