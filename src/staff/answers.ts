import { z } from 'zod';
import type { Assets } from '../conversation/assets.js';
import { masked } from '../conversation/mask.js';
import { stepType } from '../conversation/steps/index.js';

/** An answer of a form as staff see it. Sample: `{"ask": "mobile", "label": "الجوال", "value": "•••••••000", "sensitive": true}` */
export const answerShown = z.object({ ask: z.string(), label: z.string(), value: z.string(), sensitive: z.boolean() });

/** The answers in the order of their form, as the person's own summary shows them; what is sensitive is masked. */
export function answersShown(
  assets: Assets,
  form: string,
  { answers, locale }: { answers: Readonly<Record<string, unknown>>; locale: 'ar' | 'en' },
): z.infer<typeof answerShown>[] {
  return (assets.forms.get(form)?.steps ?? []).flatMap((step) => {
    const value = answers[step.ask];
    if (value === undefined) return [];
    const show = stepType(assets.steps, step).show;
    const text = show ? show(step, value, { assets, locale }) : plain(value);
    // A type that masks by itself shows what it may.
    const shown = step.sensitive && !show ? masked(text) : text;
    return [{ ask: step.ask, label: step.label?.[locale] ?? step.ask, value: shown, sensitive: step.sensitive }];
  });
}

/** One answer as it was given; undefined when there is none by that name. */
export function answerGiven(answers: Readonly<Record<string, unknown>>, ask: string): string | undefined {
  const value = new Map(Object.entries(answers)).get(ask);
  return value === undefined ? undefined : plain(value);
}

const plain = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));
