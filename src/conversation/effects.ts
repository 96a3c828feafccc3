import type { Address, MessageActivity } from '../core/activity.js';
import type { FormOutcome } from '../flows/schema.js';
import type { SurveyStage } from '../flows/survey-schema.js';

/** What a turn causes outside the conversation, as facts in the past tense. Whoever performs them derives their ids. */
export type Effect =
  /** Sample: `{"type": "question_unanswered", "text": "عندكم أجهزة كهربائية؟", "locale": "ar"}` */
  | { type: 'question_unanswered'; text: string; locale: string }
  | PersonWanted
  | FormSubmitted
  /** The person wants the signed declaration sent. Sample: `{"type": "copy_wanted", "reference": "ASB-7K3Q-9", "locale": "ar"}` */
  | { type: 'copy_wanted'; reference: string; locale: 'ar' | 'en' }
  /** Another form is open now, or none. Sample: `{"type": "draft_changed", "form": "support-request", "locale": "ar"}` */
  | { type: 'draft_changed'; form: string | null; locale: 'ar' | 'en' }
  /** The person wants no more reminders. Sample: `{"type": "reminders_stopped"}` */
  | { type: 'reminders_stopped' }
  | OpinionGiven
  /** The person wants to hear what was improved, or no longer. Sample: `{"type": "news_wanted", "wanted": true, "locale": "ar"}` */
  | { type: 'news_wanted'; wanted: boolean; locale: 'ar' | 'en' }
  /** The person shared their own number, which the channel vouches for (E.164). Sample: `{"type": "contact_shared", "phone": "+966500000000", "locale": "ar"}` */
  | { type: 'contact_shared'; phone: string; locale: 'ar' | 'en' }
  /** The channel does not take a notice. Sample: `{"type": "notice_refused", "activityId": "n1", "notice": {…}}` */
  | { type: 'notice_refused'; activityId: string; notice: MessageActivity }
  /** Sample: `{"type": "turn_failed", "activityId": "tg-12"}` */
  | { type: 'turn_failed'; activityId: string };

/** An effect, by an id that is the same when the turn is done again, and where it was caused. */
export interface Caused<E extends Effect = Effect> {
  /** Derived from the turn. */
  id: string;
  effect: E;
  conversation: string;
  address: Address;
  /** The message that was handled: whatever is said because of it answers it, and so comes after the turn's replies. */
  replyToId?: string;
  /** Milliseconds. */
  at: number;
}

/**
 * Somebody has said what they think of the service. Whoever performs it keeps it without the person: neither the
 * conversation nor the id of the effect may be written beside it.
 * Sample: `{"type": "rating_given", "occasion": "fX2…", "stage": "delivered", "service": "food", "score": 4, "locale": "ar"}`
 */
export type OpinionGiven =
  | ({ type: 'rating_given'; score: number } & AskedAbout)
  /** `comment` is anonymised as far as its words allow; null of whoever has nothing to add. */
  | ({ type: 'comment_given'; comment: string | null } & AskedAbout)
  | { type: 'thumb_given'; entry: string; occasion: string; up: boolean };

interface AskedAbout {
  /** What was asked about: each counts once. */
  occasion: string;
  stage: SurveyStage;
  service: string | null;
  locale: 'ar' | 'en';
}

/** Why a person is needed: asked for, not understood twice, stuck in a form, in despair, or in danger. */
export const wantedReasons = ['asked', 'misunderstood', 'form', 'low_mood', 'danger'] as const;
export type WantedReason = (typeof wantedReasons)[number];

/** Sample: `{"type": "person_wanted", "reason": "asked", "answerBy": 1795000000000}` */
export interface PersonWanted {
  type: 'person_wanted';
  reason: WantedReason;
  /** When the person was told to expect an answer; milliseconds. */
  answerBy: number;
}

/**
 * A form was completed.
 * Sample: `{"type": "form_submitted", "form": "suggestion", "version": 1, "opens": "submission", "locale": "ar",
 * "answers": {"topic": "staff"}}`
 */
export interface FormSubmitted {
  type: 'form_submitted';
  form: string;
  version: number;
  opens: FormOutcome;
  locale: 'ar' | 'en';
  answers: Record<string, unknown>;
  /** The person gave no name: nothing may be kept that leads to them. */
  anonymous?: true;
  /** The request that the form is about: papers for it, its withdrawal, an appeal, or corrected answers of it. */
  reference?: string;
  /** When the form was signed. */
  signature?: Signature;
}

/** What the declaration step leaves behind. Hashes are SHA-256, hexadecimal. */
export interface Signature {
  /** The statement as the person read it. */
  statement: string;
  statementVersion: number;
  statementHash: string;
  /** Over the answers in canonical JSON (sorted keys), without the declaration itself. */
  answersHash: string;
  /** The full name as typed. */
  name: string;
  /** Milliseconds. */
  at: number;
  /** The message in which the person said yes. */
  messageId: string;
}
