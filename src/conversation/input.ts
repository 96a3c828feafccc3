import type { MessageActivity } from '../core/activity.js';

/** What the person brought: words, a pressed button, files. */
export interface Input {
  /** The message's own. */
  id: string;
  text: string;
  value: string | undefined;
  attachments: NonNullable<MessageActivity['attachments']>;
}

/** Something that the person may choose next. `value` is what the button stands for; see `targets.ts`. */
export interface Choice {
  value: string;
  label: string;
}
