import { z } from 'zod';
import type { AppointmentsContext } from '../appointments/context.js';
import type { Assets } from '../conversation/assets.js';
import type { ChannelId } from '../core/activity.js';
import type { Clock } from '../core/clock.js';
import { derivedId, type Ids } from '../core/ids.js';
import type { Log } from '../core/log.js';
import { createPulse, type Pulse } from '../core/pulse.js';
import { answersOf } from '../core/sealed-answers.js';
import type { SurveyStage } from '../flows/survey-schema.js';
import type { SubmissionRecord } from '../inquiries/record.js';
import type { KeyedEffect } from '../mailbox/context.js';
import type { GapRecord } from '../mailbox/effects.js';
import type { Mailbox } from '../mailbox/mailbox.js';
import { openUntil, type ConversationRecord } from '../mailbox/record.js';
import { relay } from '../mailbox/relay.js';
import type { BeneficiaryRecord } from '../people/beneficiaries.js';
import { afterQuiet } from '../requests/quiet-hours.js';
import type { RequestRecord } from '../requests/record.js';
import { createSatisfaction, type Satisfaction } from '../satisfaction/satisfaction.js';
import { labelsFor } from '../satisfaction/labels.js';
import type { SaidElsewhere, WordKind } from '../satisfaction/words.js';
import type { SatisfactionCallsContext } from '../staff/satisfaction/calls.js';
import type { AccountRecord } from '../staff/account.js';
import type { Store } from '../store/collection.js';
import type { Support } from './support.js';

export interface FeedbackOptions {
  store: Store;
  assets: Assets;
  keys: { box: Buffer; tokens: Buffer };
  support: Pick<Support, 'beneficiaries' | 'contacts' | 'context' | 'inquiries' | 'ownChats'>;
  intervene: Mailbox['intervene'];
  enqueue: Mailbox['enqueue'];
  /** How long after a person's last word this channel takes ours; undefined where it always does. */
  windowMs(channel: ChannelId): number | undefined;
  clock: Clock;
  ids: Ids;
  log: Log;
}

/** Satisfaction, joined to the conversations, requests, interviews and takeovers that people are asked about. */
export interface Feedback extends Pulse {
  satisfaction: Satisfaction;
  /** Does what a turn has caused, as far as it is an opinion. */
  perform(keyed: KeyedEffect): Promise<void>;
  /** A request has come to this status. */
  requestChanged(reference: string, status: string): Promise<void>;
  /** Staff have given a conversation back; milliseconds. */
  takeoverEnded(conversation: string, at: number): Promise<void>;
  interviewAttended: AppointmentsContext['attended'];
  /** When a thumb was asked for in these conversations; milliseconds. */
  thumbsIn(keys: readonly string[]): Promise<number[]>;
  /** What the calls about satisfaction stand on. */
  staffCalls: SatisfactionCallsContext;
  /** Does what is due now. For tests and tools. */
  beat(): Promise<void>;
}

/** How often to look for what is due: nobody waits for a question. Milliseconds. */
const beatMs = 5000;

/** As far as whoever asks must know the state. */
const knownState = z.object({
  form: z.object({ paused: z.boolean() }).nullable(),
  survey: z.object({ occasion: z.string(), step: z.string() }).nullable().default(null),
  thumbs: z.object({ asked: z.array(z.number()) }).default({ asked: [] }),
});

export function createFeedback({ store, assets, support, clock, log, ...options }: FeedbackOptions): Feedback {
  const conversations = store.collection<ConversationRecord>('conversations');
  const requests = store.collection<RequestRecord>('requests');
  const accounts = store.collection<AccountRecord>('accounts');
  const people = store.collection<BeneficiaryRecord>('beneficiaries');
  const gaps = store.collection<GapRecord>('gaps');
  const submissions = store.collection<SubmissionRecord>('submissions');
  const pulse = createPulse(beat, { beatMs, log });
  const said: Record<WordKind, (from: number, to: number) => Promise<SaidElsewhere[]>> = {
    asked: (from, to) => gaps.find({ at: { $gte: from, $lt: to } }, { sort: { at: 1 }, limit: mostWords }),
    async suggested(from, to) {
      const found = await Promise.all(
        suggestionForms.map((form) =>
          submissions.find({ form, at: { $gte: from, $lt: to } }, { sort: { at: 1 }, limit: mostWords }),
        ),
      );
      return found.flat().map((record) => ({ text: wordsOf(record), conversation: record.conversation }));
    },
  };
  const wordsOf = (record: SubmissionRecord): string =>
    Object.values(answersOf(support.inquiries.seal, record))
      .filter((answer) => typeof answer === 'string')
      .join(' ');

  const satisfaction = createSatisfaction({
    store,
    surveys: assets.surveys,
    keys: options.keys,
    t: assets.t,
    clock,
    ids: options.ids,
    afterQuiet: (ms) => afterQuiet(ms, support.context.quiet),
    async chat(conversation) {
      const record = await conversations.findOne({ _id: conversation });
      if (!record) return undefined;
      const state = knownState.safeParse(record.state).data;
      const waits = state?.survey?.step === 'score' ? state.survey.occasion : null;
      const until = openUntil(record, options.windowMs(record.address.channelId)) ?? Infinity;
      const free = record.owner === 'bot' && state?.form?.paused !== false && clock.now() < until;
      return { address: record.address, free, waits };
    },
    async chatsOf(conversation) {
      const chats = await support.ownChats(conversation);
      return [...new Set([conversation, ...chats.map(({ _id }) => _id)])];
    },
    async hear(conversation, activity) {
      const free = { owner: 'bot', 'state.form.paused': { $ne: false } };
      const { type } = await options.intervene(conversation, { when: free, hear: [activity] });
      return type !== 'refused';
    },
    said: (kind, from, to) => said[kind](from, to),
    namesOf,
    wake: pulse.wake,
  });

  async function thumbsIn(keys: readonly string[]): Promise<number[]> {
    if (keys.length === 0) return [];
    const records = await conversations.find({ _id: { $in: [...keys] } });
    return records.flatMap(({ state }) => knownState.safeParse(state).data?.thumbs.asked ?? []);
  }

  async function namesOf(conversation: string): Promise<string[]> {
    const record = await conversations.findOne({ _id: conversation });
    const own = await requests.find({ conversation, submittedAt: { $gt: 0 } }, { sort: { submittedAt: -1 }, limit: 5 });
    const contact = await support.contacts.of(conversation);
    const ids = [...own, ...(contact ? [contact] : [])].map(({ beneficiary }) => beneficiary);
    const known = await people.find({ _id: { $in: [...new Set(ids)] } });
    const staff = await accounts.find({ at: { $gte: 0 } }, { sort: { at: 1 }, limit: 500 });
    return [
      record?.address.from.name ?? '',
      ...known.map((person) => support.beneficiaries.reveal(person, 'name')),
      ...staff.map(({ name }) => name),
    ];
  }

  async function perform({ effect, conversation, address }: KeyedEffect): Promise<void> {
    switch (effect.type) {
      case 'rating_given':
      case 'comment_given':
      case 'thumb_given':
        return satisfaction.take(effect, { conversation, address });
      case 'news_wanted':
        return satisfaction.wantsNews({ conversation, address, wanted: effect.wanted, locale: effect.locale });
      case 'reminders_stopped':
        return satisfaction.stops({
          conversation,
          address,
          locale: localeOf(await conversations.findOne({ _id: conversation })),
        });
      default:
    }
  }

  async function requestChanged(reference: string, status: string): Promise<void> {
    const stage = stageOf[status];
    const request = stage && (await requests.findOne({ reference }));
    if (!request) return;
    const { _id, conversation, service } = request;
    await satisfaction.ask({ occasion: derivedId(_id, 'survey', stage), conversation, stage, service });
  }

  async function beat(): Promise<void> {
    await satisfaction.beat();
    const { enqueue } = options;
    await relay(satisfaction.listeners, { enqueue, clock, log, undeliverable: async () => {} });
  }

  return {
    satisfaction,
    perform,
    requestChanged,
    takeoverEnded(conversation, at) {
      const occasion = derivedId(conversation, 'takeover', String(at));
      return satisfaction.ask({ occasion, conversation, stage: 'takeover', service: null });
    },
    interviewAttended({ _id, conversation }) {
      const occasion = derivedId(_id, 'survey', 'interview');
      return satisfaction.ask({ occasion, conversation, stage: 'interview', service: null });
    },
    thumbsIn,
    staffCalls: {
      report: {
        ratings: satisfaction.ratings,
        improvements: satisfaction.improvements.improvements,
        themes: assets.surveys.themes,
        clock,
      },
      page: {
        organisation: assets.organisation,
        scale: assets.surveys.scale,
        t: assets.t,
        labelOf: labelsFor(assets.organisation, assets.t),
      },
      improvements: satisfaction.improvements,
      accounts,
    },
    beat,
    ...pulse,
  };
}

const stageOf: Readonly<Record<string, SurveyStage>> = {
  delivered: 'delivered',
  rejected: 'rejected',
  closed: 'closed',
};
const suggestionForms = ['suggestion', 'complaint'] as const;
const mostWords = 5000;

const localeOf = (record: ConversationRecord | undefined): 'ar' | 'en' =>
  z.object({ locale: z.enum(['ar', 'en']) }).safeParse(record?.state).data?.locale ?? 'ar';
