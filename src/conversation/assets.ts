import type { WorkingTime } from '../core/working-time.js';
import type { CommandId, Commands, FaqEntry, Form, Menu, Organisation, Paper } from '../flows/schema.js';
import type { Locale, Matcher } from '../language/matcher.js';
import type { SurveyAssets } from './survey/survey-assets.js';
import type { StepTypes } from './steps/index.js';
import type { Variables } from '../language/templates.js';
import type { Facts } from './conditions.js';

/** Everything that a turn reads and never changes: one organisation's content, ready for use. */
export interface Assets {
  organisation: Organisation;
  /** Only the entries that hold for this organisation. */
  faq: ReadonlyMap<string, FaqEntry>;
  menus: ReadonlyMap<string, Menu>;
  forms: ReadonlyMap<string, Form>;
  papers: ReadonlyMap<string, Paper>;
  surveys: SurveyAssets;
  commands: Commands;
  /** Normalised words and the commands that they are. */
  commandWords: ReadonlyMap<string, CommandId>;
  /** The entry that a message of danger is answered with; undefined for every other message. */
  alarm(text: string): string | undefined;
  /** Whether somebody sounds desperate. */
  lowMood(text: string): boolean;
  matcher: Matcher;
  steps: StepTypes;
  /** A sentence of `locales/`. */
  t(locale: Locale, key: string, variables?: Record<string, unknown>): string;
  /** What templates may speak of, at a moment in time (milliseconds). */
  variables(locale: Locale, now: number): Variables;
  /** What conditions may ask. */
  facts: Facts;
  /** When a person answers in the chat, and within how many minutes of that. */
  working: WorkingTime;
  answerWithin: number;
  limits: ConversationLimits;
}

export interface ConversationLimits {
  /** Over this, a kind word, then messages are recorded and not answered. */
  messagesPerMinute: number;
  /** Characters of one message that are read. */
  messageLength: number;
}
