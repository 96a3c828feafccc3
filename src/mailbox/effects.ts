import { StoreError } from '../core/errors.js';
import type { Collection, Document } from '../store/collection.js';
import type { KeyedEffect } from './context.js';

/** A question that the FAQ could not answer. */
export interface GapRecord extends Document {
  at: number;
  text: string;
  locale: string;
  conversation: string;
}

/** Something that a member of staff should do. */
export interface TaskRecord extends Document {
  at: number;
  kind: 'turn_failed' | 'person_wanted' | 'call' | 'locked_code' | 'disputed';
  status: 'open' | 'done';
  conversation: string;
  reason: string;
}

/** A completed form. */
export interface SubmissionRecord extends Document {
  at: number;
  form: string;
  version: number;
  answers: Record<string, unknown>;
  conversation: string;
}

export interface EffectCollections {
  gaps: Collection<GapRecord>;
  tasks: Collection<TaskRecord>;
  submissions: Collection<SubmissionRecord>;
}

/** Performs what concerns support requests and the people behind them, once for each id. */
export type PerformRequest = (keyed: KeyedEffect) => Promise<void>;

/** Writes down what turns have caused, under ids derived from the turns: a repeated turn creates nothing new. */
export function createPerform(collections: EffectCollections, performRequest: PerformRequest) {
  return async (effects: readonly KeyedEffect[]): Promise<void> => {
    await Promise.all(effects.map((keyed) => once(write(collections, keyed, performRequest))));
  };
}

function write(
  { gaps, tasks, submissions }: EffectCollections,
  keyed: KeyedEffect,
  performRequest: PerformRequest,
): Promise<void> {
  const { id, effect, conversation, at } = keyed;
  const base = { _id: id, at, conversation };
  switch (effect.type) {
    case 'question_unanswered':
      return gaps.insert({ ...base, text: effect.text, locale: effect.locale });
    case 'person_wanted':
      return tasks.insert({ ...base, kind: 'person_wanted', status: 'open', reason: effect.reason });
    case 'turn_failed':
      return tasks.insert({ ...base, kind: 'turn_failed', status: 'open', reason: effect.activityId });
    case 'form_submitted':
      if (effect.opens !== 'submission') return performRequest(keyed);
      return submissions.insert({ ...base, form: effect.form, version: effect.version, answers: effect.answers });
    case 'notice_refused':
    case 'contact_shared':
    case 'copy_wanted':
    case 'draft_changed':
    case 'reminders_stopped':
      return performRequest(keyed);
    default:
      return effect satisfies never;
  }
}

async function once(written: Promise<void>): Promise<void> {
  try {
    await written;
  } catch (error) {
    if (!(error instanceof StoreError && error.code === 'store_duplicate')) throw error;
  }
}
