import type { PersonFacts, RequestAction, RequestFacts } from '../conversation/person-facts.js';
import type { RequestsContext } from './context.js';
import { answersOf } from './declaration.js';
import { checkMove } from './lifecycle.js';
import { dayOf, missingPapers, returnedPapers, takesPapers } from './papers.js';
import type { RequestRecord } from './record.js';

/** What the engine is told of the person in a conversation: their requests, as an applicant may know them. */
export async function personFacts(context: RequestsContext, conversation: string): Promise<PersonFacts> {
  const own = await context.requests.find(
    { conversation, submittedAt: { $gt: 0 } },
    { sort: { submittedAt: -1 }, limit: 10 },
  );
  return { requests: own.map((record) => factsOf(context, record)) };
}

function factsOf(context: RequestsContext, record: RequestRecord): RequestFacts {
  const { organisation, seal, clock } = context;
  const service = organisation.services.find(({ id }) => id === record.service)?.label[record.locale];
  const actions = actionsOf(record, dayOf(clock.now()));
  return {
    reference: record.reference,
    status: record.status,
    ...(service === undefined ? {} : { service }),
    submittedAt: record.submittedAt,
    answerNotBefore: record.answerNotBefore,
    missing: takesPapers(record) ? missingPapers(record, dayOf(clock.now())) : [],
    returned: returnedPapers(record),
    ...(record.reason === null ? {} : { reason: record.reason }),
    actions,
    ...(actions.includes('correct')
      ? { correction: { form: record.form.id, version: record.form.version, answers: answersOf(seal, record) } }
      : {}),
  };
}

function actionsOf(record: RequestRecord, today: string): RequestAction[] {
  const may = (to: 'withdrawn' | 'appeal'): boolean =>
    checkMove(record.status, to, { by: ['applicant'], reason: '…' }).type === 'allowed';
  const appealed = record.events.some((event) => event.to === 'appeal');
  return [
    ...(takesPapers(record) && missingPapers(record, today).length > 0 ? (['papers'] as const) : []),
    ...(record.status === 'needs_information' ? (['correct'] as const) : []),
    ...(may('withdrawn') ? (['withdraw'] as const) : []),
    ...(may('appeal') && !appealed ? (['appeal'] as const) : []),
    ...(record.declarations.length > 0 ? (['copy'] as const) : []),
  ];
}
