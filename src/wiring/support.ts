import type { Assets } from '../conversation/assets.js';
import type { PersonFacts } from '../conversation/person-facts.js';
import type { Activity } from '../core/activity.js';
import type { Clock } from '../core/clock.js';
import { derivedId, type Ids } from '../core/ids.js';
import type { Log } from '../core/log.js';
import type { Notice } from '../core/notice.js';
import { createPulse } from '../core/pulse.js';
import type { Seal } from '../core/seal.js';
import type { KeyedEffect } from '../mailbox/context.js';
import type { TaskRecord } from '../mailbox/effects.js';
import type { Appended } from '../mailbox/accept.js';
import { relay, type RelayOptions } from '../mailbox/relay.js';
import { performAppointment } from '../appointments/book.js';
import { openCalendarFile, type CalendarFile } from '../appointments/calendar-file.js';
import { remindOfAppointments } from '../appointments/clockwork.js';
import type { AppointmentsContext } from '../appointments/context.js';
import { appointmentFacts } from '../appointments/facts.js';
import type { AppointmentRecord } from '../appointments/record.js';
import type { InquiriesContext } from '../inquiries/context.js';
import type { SubmissionRecord } from '../inquiries/record.js';
import { keepSubmission } from '../inquiries/submit.js';
import { createContacts, type ContactRecord, type Contacts } from '../people/contacts.js';
import { createEncounters, type EncounterRecord, type Encounters } from '../people/encounters.js';
import { applicantIn, chatsOf } from '../people/joined.js';
import { createBeneficiaries, type Beneficiaries, type BeneficiaryRecord } from '../people/beneficiaries.js';
import { performApplicant } from '../requests/applicant.js';
import { runDue } from '../requests/clockwork.js';
import { ownChats } from '../requests/chats.js';
import type { Chat, RequestsContext } from '../requests/context.js';
import type { DraftRecord } from '../requests/draft-record.js';
import { remindOfDrafts } from '../requests/drafts.js';
import { personFacts } from '../requests/facts.js';
import { afterQuiet, type QuietHours } from '../requests/quiet-hours.js';
import type { CodeRecord, RequestRecord } from '../requests/record.js';
import { resumeReleases } from '../requests/release.js';
import type { SittingRecord } from '../requests/sitting-record.js';
import type { Store } from '../store/collection.js';
import { insertOnce } from '../store/insert-once.js';

import { createRedirect } from './redirect.js';
import { createSayings, type SayingRecord } from './sayings.js';

export interface SupportOptions {
  store: Store;
  assets: Assets;
  seal: Seal;
  quiet: QuietHours;
  publicUrl?: string;
  clock: Clock;
  ids: Ids;
  log: Log;
  /** The mailbox's. */
  enqueue(activity: Activity): Promise<Appended>;
  /** The mailbox's. */
  heardAt(conversation: string): Promise<number | undefined>;
  /** Lets staff know. */
  emit(event: { type: 'request' | 'task'; change: string; about: string }): Promise<void>;
  /** Somebody has come to an interview. */
  attended: AppointmentsContext['attended'];
  /** How often to look for what is due; milliseconds. */
  beatMs?: number;
}

/** Support requests and the people who make them, joined to the conversations in which they are heard. */
export interface Support {
  context: RequestsContext;
  inquiries: InquiriesContext;
  appointments: AppointmentsContext;
  beneficiaries: Beneficiaries;
  contacts: Contacts;
  encounters: Encounters;
  /** Does what a turn has caused; what it has to say follows with `wake`. */
  perform(keyed: KeyedEffect): Promise<void>;
  /** All chats of the person whose chat a conversation is; none when it is nobody's. */
  ownChats(conversation: string): Promise<Chat[]>;
  /** `own`: the `ownChats`, when they are known already. */
  personFacts(conversation: string, own?: readonly Chat[]): Promise<PersonFacts>;
  /** A file that is written when somebody asks for it; undefined when it is no such file. */
  openFile(id: string): Promise<CalendarFile | undefined>;
  /** Looks soon for what is to be told. */
  wake(): void;
  /** Does what is due now, tells what is to be told; resolves when that is handed over. For tests and tools. */
  beat(): Promise<void>;
  start(): void;
  stop(): Promise<void>;
}

export function createSupport({ beatMs = 5000, ...options }: SupportOptions): Support {
  const { store, assets, seal, clock, log } = options;
  const requests = store.collection<RequestRecord>('requests');
  const sittings = store.collection<SittingRecord>('sittings');
  const tasks = store.collection<TaskRecord>('tasks');
  const beneficiaries = createBeneficiaries(store.collection<BeneficiaryRecord>('beneficiaries'), seal);
  const contacts = createContacts(store.collection<ContactRecord>('contacts'));
  const pulse = createPulse(beat, { beatMs, log });
  const sayings = createSayings(store.collection<SayingRecord>('sayings'), { clock, wake: () => pulse.wake() });

  const task: RequestsContext['task'] = async ({ id, ...about }) => {
    const fresh = await insertOnce(tasks, { _id: id, at: clock.now(), status: 'open', ...about });
    if (fresh) await options.emit({ type: 'task', change: 'open', about: id });
  };

  const context: RequestsContext = {
    requests,
    organisation: assets.organisation,
    forms: assets.forms,
    papers: assets.papers,
    facts: assets.facts,
    t: assets.t,
    seal,
    quiet: options.quiet,
    ...(options.publicUrl === undefined ? {} : { publicUrl: options.publicUrl }),
    clock,
    ids: options.ids,
    log,
    applicant: applicantIn({ beneficiaries, contacts }),
    chats: chatsOf({ beneficiaries, contacts }),
    withNationalId: async (nationalId) => (await beneficiaries.find({ nationalId })).map(({ _id }) => _id),
    withMobile: async (mobile) => (await beneficiaries.find({ mobile })).map(({ _id }) => _id),
    task,
    say: sayings.say,
    codes: store.collection<CodeRecord>('codes'),
    drafts: store.collection<DraftRecord>('drafts'),
    heardAt: options.heardAt,
    changed: ({ reference, status }) => options.emit({ type: 'request', change: status, about: reference }),
    wake: pulse.wake,
  };
  const submissions = store.collection<SubmissionRecord>('submissions');
  const inquiries: InquiriesContext = { ...context, submissions };
  const bookings = store.collection<AppointmentRecord>('appointments');
  const appointments: AppointmentsContext = {
    ...context,
    appointments: bookings,
    afterQuiet: (ms) => afterQuiet(ms, options.quiet),
    attended: options.attended,
  };
  // What a turn has caused is told after the turn's own replies.
  const quietly: RequestsContext = { ...context, wake: () => {} };

  async function beat(): Promise<void> {
    await resumeReleases({ ...context, sittings });
    await runDue(context);
    await remindOfDrafts(context);
    await sayings.tell(relaying);
    await relay(requests, relaying);
    await remindOfAppointments(appointments);
    await relay(submissions, relaying);
    await relay(bookings, relaying);
  }

  async function perform(keyed: KeyedEffect): Promise<void> {
    const { effect } = keyed;
    if (effect.type === 'notice_refused') return redirect(keyed.id, effect.notice);
    if (effect.type !== 'form_submitted') return performApplicant(answering(keyed), keyed);
    switch (effect.opens) {
      case 'submission':
      case 'call':
        return keepSubmission(inquiries, { ...keyed, effect });
      case 'appointment':
      case 'appointment-move':
      case 'appointment-cancel':
        return performAppointment({ ...appointments, wake: quietly.wake }, { ...keyed, effect });
      default:
        return performApplicant(answering(keyed), keyed);
    }
  }

  const answering = ({ conversation, replyToId }: KeyedEffect): RequestsContext =>
    replyToId === undefined ? quietly : { ...quietly, answering: { conversation, replyToId } };

  const requestFacts = async (conversation: string, own?: readonly Chat[]): Promise<PersonFacts> =>
    personFacts(context, conversation, own ?? (await ownChats(context, conversation)));

  const redirect = createRedirect(context, options.enqueue);
  const undeliverable = ({ id, activity }: Notice): Promise<void> => redirect(derivedId(id, 'call'), activity);
  const relaying: RelayOptions = { enqueue: options.enqueue, clock, log, undeliverable };

  return {
    context,
    inquiries,
    appointments,
    beneficiaries,
    contacts,
    encounters: createEncounters(store.collection<EncounterRecord>('encounters'), seal),
    perform,
    ownChats: (conversation) => ownChats(context, conversation),
    async personFacts(conversation, own) {
      const [requestsKnown, interviews] = await Promise.all([
        requestFacts(conversation, own),
        appointmentFacts(appointments, conversation),
      ]);
      return { ...requestsKnown, ...interviews };
    },
    openFile: (id) => openCalendarFile(appointments, id),
    beat,
    ...pulse,
  };
}
