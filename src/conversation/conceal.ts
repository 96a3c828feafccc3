import { z } from 'zod';
import type { Activity } from '../core/activity.js';
import type { Assets } from './assets.js';
import { hidden } from './mask.js';
import { unread, unreadAnswer } from './survey/secret.js';

/** The open form, as far as it can be read without its answers. */
const waiting = z.object({ form: z.object({ id: z.string(), step: z.string(), paused: z.literal(false) }) });

/** A survey that waits: what is said meanwhile may be its answer. */
const asked = z.object({ survey: z.object({ step: z.enum(['score', 'comment']) }) });

/**
 * What is recorded of a message that nobody has read, because there were too many or its turn failed, while a sensitive
 * question waited for it; undefined when it may be recorded as it is.
 */
export function conceal(assets: Assets, state: unknown, activity: Activity): string | undefined {
  if (activity.type !== 'message') return undefined;
  if (unreadAnswer(activity) !== undefined) return unread;
  const parsed = waiting.safeParse(state);
  if (!parsed.success) return asked.safeParse(state).success ? unread : undefined;
  const { id, step } = parsed.data.form;
  const form = assets.forms.get(id);
  const question = form?.steps.find(({ ask }) => ask === step);
  return question?.sensitive ? hidden(form?.anonymous ? '' : (activity.text ?? '')) : undefined;
}
