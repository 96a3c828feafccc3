import type { Collection, Document } from '../store/collection.js';
import { insertOnce } from '../store/insert-once.js';
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
  kind: 'turn_failed' | 'call' | 'locked_code' | 'disputed';
  status: 'open' | 'done';
  conversation: string;
  reason: string;
}

export interface EffectCollections {
  gaps: Collection<GapRecord>;
  tasks: Collection<TaskRecord>;
}

/** Performs what the mailbox has no place for, once for each id. */
export type PerformElsewhere = (keyed: KeyedEffect) => Promise<void>;

/** Writes down what turns have caused, under ids derived from the turns: a repeated turn creates nothing new. */
export function createPerform(collections: EffectCollections, performElsewhere: PerformElsewhere) {
  return async (effects: readonly KeyedEffect[]): Promise<void> => {
    // In their order: a form that was begun and left in two messages was left.
    for (const keyed of effects) await write(collections, keyed, performElsewhere);
  };
}

function write(
  { gaps, tasks }: EffectCollections,
  keyed: KeyedEffect,
  performElsewhere: PerformElsewhere,
): Promise<unknown> {
  const { id, effect, conversation, at } = keyed;
  const base = { _id: id, at, conversation };
  switch (effect.type) {
    case 'question_unanswered':
      return insertOnce(gaps, { ...base, text: effect.text, locale: effect.locale });
    case 'turn_failed':
      return insertOnce(tasks, { ...base, kind: 'turn_failed', status: 'open', reason: effect.activityId });
    case 'form_submitted':
    case 'notice_refused':
    case 'contact_shared':
    case 'copy_wanted':
    case 'person_wanted':
    case 'draft_changed':
    case 'reminders_stopped':
    case 'rating_given':
    case 'comment_given':
    case 'thumb_given':
    case 'news_wanted':
      return performElsewhere(keyed);
    default:
      return effect satisfies never;
  }
}
