import type { Assets } from './conversation/assets.js';
import type { PersonFacts } from './conversation/person-facts.js';
import type { Activity } from './core/activity.js';
import type { Clock } from './core/clock.js';
import { StoreError } from './core/errors.js';
import { derivedId, type Ids } from './core/ids.js';
import type { Log } from './core/log.js';
import type { Notice } from './core/notice.js';
import type { Seal } from './core/seal.js';
import type { KeyedEffect } from './mailbox/context.js';
import type { TaskRecord } from './mailbox/effects.js';
import type { Appended } from './mailbox/accept.js';
import type { MessageRecord } from './mailbox/record.js';
import { relay } from './mailbox/relay.js';
import { createBeneficiaries, type Beneficiaries, type BeneficiaryRecord } from './people/beneficiaries.js';
import { createContacts, type ContactRecord, type Contacts } from './people/contacts.js';
import { createEncounters, type EncounterRecord, type Encounters } from './people/encounters.js';
import { applicantIn, chatsOf } from './people/joined.js';
import { createRedirect } from './redirect.js';
import { performApplicant } from './requests/applicant.js';
import { runDue } from './requests/clockwork.js';
import type { RequestsContext } from './requests/context.js';
import { remindOfDrafts, type DraftRecord } from './requests/drafts.js';
import { personFacts } from './requests/facts.js';
import type { QuietHours } from './requests/quiet-hours.js';
import type { CodeRecord, RequestRecord } from './requests/record.js';
import { resumeReleases } from './requests/release.js';
import type { SittingRecord } from './requests/sitting-record.js';
import { createSayings, type SayingRecord } from './sayings.js';
import type { Collection, Store } from './store/collection.js';

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
  /** How often to look for what is due; milliseconds. */
  beatMs?: number;
}

/** Support requests and the people who make them, joined to the conversations in which they are heard. */
export interface Support {
  context: RequestsContext;
  beneficiaries: Beneficiaries;
  contacts: Contacts;
  encounters: Encounters;
  /** Does what a turn has caused; what it has to say follows with `wake`. */
  perform(keyed: KeyedEffect): Promise<void>;
  personFacts(conversation: string): Promise<PersonFacts>;
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
    try {
      await tasks.insert({ _id: id, at: clock.now(), status: 'open', ...about });
    } catch (error) {
      if (!(error instanceof StoreError && error.code === 'store_duplicate')) throw error;
    }
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
    withMobile: async (mobile) => (await beneficiaries.find({ mobile })).map(({ _id }) => _id),
    task,
    say: sayings.say,
    codes: store.collection<CodeRecord>('codes'),
    drafts: store.collection<DraftRecord>('drafts'),
    lastHeard: async (conversation) => lastHeard(store.collection<MessageRecord>('messages'), conversation),
    wake: pulse.wake,
  };
  // What a turn has caused is told after the turn's own replies.
  const quietly: RequestsContext = { ...context, wake: () => {} };

  async function beat(): Promise<void> {
    await resumeReleases({ ...context, sittings });
    await runDue(context);
    await remindOfDrafts(context);
    await sayings.tell({ enqueue: options.enqueue, clock, log });
    await relay(requests, { enqueue: options.enqueue, clock, log, undeliverable });
  }

  const redirect = createRedirect(context, options.enqueue);
  const undeliverable = ({ id, activity }: Notice): Promise<void> => redirect(derivedId(id, 'call'), activity);

  const perform: Support['perform'] = (keyed) =>
    keyed.effect.type === 'notice_refused' ? redirect(keyed.id, keyed.effect.notice) : performApplicant(quietly, keyed);

  return {
    context,
    beneficiaries,
    contacts,
    encounters: createEncounters(store.collection<EncounterRecord>('encounters'), seal),
    perform,
    personFacts: (conversation) => personFacts(context, conversation),
    beat,
    ...pulse,
  };
}

/** Of the last messages of a conversation the newest that the person wrote. */
async function lastHeard(messages: Collection<MessageRecord>, conversation: string): Promise<number> {
  const last = await messages.find({ conversation, sequence: { $gt: 0 } }, { sort: { sequence: -1 }, limit: 20 });
  return last.find(({ activity }) => activity.role === 'user')?.at ?? 0;
}

/** Runs `beat` every `beatMs`, and soon when woken; one after another. */
function createPulse(beat: () => Promise<void>, { beatMs, log }: { beatMs: number; log: Log }) {
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;
  let again = false;
  let stopped = true;

  function run(): void {
    clearTimeout(timer);
    if (running) {
      again = true;
      return;
    }
    running = beat()
      .catch((error: unknown) => log.error('what is due could not be done', { code: 'store_failed', error }))
      .finally(() => {
        running = undefined;
        if (stopped) return;
        if (again) wake();
        else timer = setTimeout(run, beatMs);
      });
  }

  function wake(): void {
    again = false;
    if (!stopped) setImmediate(run);
  }

  return {
    wake,
    start() {
      stopped = false;
      run();
    },
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
