import { z } from 'zod';
import type { Activity } from '../core/activity.js';
import type { Assets } from './assets.js';
import { hidden } from './mask.js';

/** The open form, as far as it can be read without its answers. */
const waiting = z.object({ form: z.object({ id: z.string(), step: z.string(), paused: z.literal(false) }) });

/**
 * What is recorded of a message that nobody has read, because there were too many or its turn failed, while a sensitive
 * question waited for it; undefined when it may be recorded as it is.
 */
export function conceal(assets: Assets, state: unknown, activity: Activity): string | undefined {
  const parsed = waiting.safeParse(state);
  if (!parsed.success || activity.type !== 'message') return undefined;
  const { id, step } = parsed.data.form;
  const form = assets.forms.get(id);
  const asked = form?.steps.find(({ ask }) => ask === step);
  return asked?.sensitive ? hidden(form?.anonymous ? '' : (activity.text ?? '')) : undefined;
}
