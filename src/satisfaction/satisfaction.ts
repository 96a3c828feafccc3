import type { OpinionGiven } from '../conversation/effects.js';
import type { SurveyAssets } from '../conversation/survey/survey-assets.js';
import type { Address } from '../core/activity.js';
import type { Clock } from '../core/clock.js';
import type { Ids } from '../core/ids.js';
import { createSeal } from '../core/seal.js';
import type { SurveyStage } from '../flows/survey-schema.js';
import { anonymise } from '../language/anonymise.js';
import type { Collection, Store } from '../store/collection.js';
import { createBallotBox, type Beside, type BoxRecord } from './ballot-box.js';
import type { BatchRecord } from './batch.js';
import { tellOn, type ImprovementRecord, type ImprovementsContext } from './improvements.js';
import { noteListener, noteStop, type ListenerRecord } from './listeners.js';
import { tallyOfMany, type SaidElsewhere, type WordKind } from './words.js';
import { askDue, plan, type QuestionRecord, type QuestionsContext } from './questions.js';

export interface SatisfactionOptions extends Pick<QuestionsContext, 'afterQuiet' | 'chat' | 'chatsOf' | 'hear'> {
  store: Store;
  surveys: SurveyAssets;
  t: ImprovementsContext['t'];
  /** Keys for the box and for its tokens, each for nothing else. */
  keys: { box: Buffer; tokens: Buffer };
  clock: Clock;
  ids: Ids;
  /** What was said in words elsewhere, from one moment to before another; milliseconds. */
  said(kind: WordKind, from: number, to: number): Promise<SaidElsewhere[]>;
  /** Names that are known of those whom a comment may be about: the person and the staff. */
  namesOf(conversation: string): Promise<string[]>;
  wake(): void;
}

/** Who is asked, what they say, and what was done about it. */
export interface Satisfaction {
  ratings: Collection<BatchRecord>;
  listeners: Collection<ListenerRecord>;
  improvements: ImprovementsContext;
  /**
   * Plans to ask somebody about what was just served; the same occasion is asked about once. The seam for everything that is
   * served: takeovers, requests and interviews use it.
   */
  ask(about: { occasion: string; conversation: string; stage: SurveyStage; service: string | null }): Promise<void>;
  /** Does what a turn has caused. */
  take(opinion: OpinionGiven, from: Said): Promise<void>;
  wantsNews(said: Said & { wanted: boolean; locale: 'ar' | 'en' }): Promise<void>;
  stops(said: Said & { locale: 'ar' | 'en' }): Promise<void>;
  /** Forgets whom was asked and who wants to hear. What they have said is nobody's, and stays. */
  forget(conversation: string): Promise<void>;
  /** Asks, reminds and tells whom it is time for, and opens the box when it is time. */
  beat(): Promise<void>;
}

interface Said {
  conversation: string;
  address: Address;
}

export function createSatisfaction({
  store,
  surveys,
  keys,
  clock,
  ids,
  ...options
}: SatisfactionOptions): Satisfaction {
  const ratings = store.collection<BatchRecord>('ratings');
  const listeners = store.collection<ListenerRecord>('listeners');
  const questions = store.collection<QuestionRecord>('questions');
  const { afterQuiet, chat, chatsOf, hear, t, wake } = options;
  const asking: QuestionsContext = {
    questions,
    listeners,
    scale: surveys.scale,
    clock,
    afterQuiet,
    chat,
    chatsOf,
    hear,
  };
  const improvements: ImprovementsContext = {
    improvements: store.collection<ImprovementRecord>('improvements'),
    listeners,
    clock,
    ids,
    afterQuiet,
    t,
    wake,
  };
  const box = createBallotBox({
    ballots: store.collection<BoxRecord>('ballots'),
    ratings,
    seal: createSeal(keys.box),
    tokens: createSeal(keys.tokens),
    longestComment: surveys.scale?.comment.max ?? 0,
    clock,
    ids,
  });

  const beside: Beside = {
    asked: (from, to) => questions.count({ askedAt: { $gt: from, $lte: to } }),
    tally: async (kind, from, to) => tallyOfMany(surveys.themes, await options.said(kind, from, to)),
  };

  async function take(opinion: OpinionGiven, { conversation, address }: Said): Promise<void> {
    const of = { conversation, occasion: opinion.occasion };
    if (opinion.type === 'thumb_given') {
      const { entry, up } = opinion;
      return box.add({ type: 'thumb', thumb: { entry, up } }, of);
    }
    const { locale: language } = opinion;
    if (opinion.type === 'comment_given') {
      const { text, says } = anonymise(opinion.comment ?? '', await options.namesOf(conversation));
      return box.add({ type: 'comment', comment: { text: says ? text : null, language } }, of);
    }
    const { stage, service, score } = opinion;
    const labels = { stage, service: service ?? 'none', language, channel: address.channelId };
    return box.add({ type: 'vote', vote: { ...labels, score } }, of);
  }

  return {
    ratings,
    listeners,
    improvements,
    async ask(about) {
      await plan(asking, about);
      wake();
    },
    take,
    wantsNews: (said) => noteListener({ listeners, clock }, said),
    stops: (said) => noteStop({ listeners, clock }, said),
    async forget(conversation) {
      await questions.deleteMany({ conversation });
      await listeners.deleteMany({ _id: conversation });
    },
    async beat() {
      await askDue(asking);
      await tellOn(improvements);
      await box.open(beside);
    },
  };
}
