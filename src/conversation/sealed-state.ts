import { z } from 'zod';
import type { Seal } from '../core/seal.js';

/**
 * The state as it is stored: what people have answered and what steps have gathered is sealed, in the open form and in
 * drafts. Takes and returns plain JSON; what holds no form is left as it is.
 */
export const sealState = (state: unknown, { seal }: Pick<Seal, 'seal'>): unknown =>
  changeForms(state, ({ answers, gathered, ...form }) => ({
    ...form,
    sealed: seal(JSON.stringify({ answers, gathered })),
  }));

/**
 * The state as the engine knows it. Throws `store_corrupt` when an answer was sealed with another key: with the right one
 * everything is there again, so nothing is dropped.
 */
export const openState = (stored: unknown, { open }: Pick<Seal, 'open'>): unknown =>
  changeForms(stored, ({ sealed, ...form }) =>
    typeof sealed === 'string' ? { ...form, ...record.parse(JSON.parse(open(sealed))) } : form,
  );

const record = z.record(z.string(), z.unknown());
const withForms = z.looseObject({ form: record.nullable(), drafts: z.array(record) });

function changeForms(state: unknown, change: (form: Record<string, unknown>) => Record<string, unknown>): unknown {
  const parsed = withForms.safeParse(state);
  if (!parsed.success) return state;
  const { form, drafts } = parsed.data;
  if (!form && drafts.length === 0) return state;
  return { ...parsed.data, form: form && change(form), drafts: drafts.map(change) };
}
