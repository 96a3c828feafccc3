import { normalise } from '../language/normalise.js';
import type { Decision } from './sitting-record.js';

export const columns = ['reference', 'decision', 'reason'] as const;
export type Column = (typeof columns)[number];

/** How people head the columns of a file of decisions. */
const headings: Readonly<Record<Column, readonly string[]>> = {
  reference: ['reference', 'request', 'request number', 'رقم الطلب', 'الرقم المرجعي', 'مرجع الطلب', 'الطلب'],
  decision: ['decision', 'outcome', 'القرار', 'قرار اللجنة'],
  reason: ['reason', 'reasons', 'السبب', 'سبب القرار', 'الأسباب', 'المبررات'],
};

/** How people write what the committee decided. */
const decisionWords: Readonly<Record<Decision, readonly string[]>> = {
  accept: [
    'accept', 'accepted', 'approve', 'approved', 'قبول', 'القبول', 'مقبول', 'مقبولة', 'قُبل', 'تم القبول', 'موافقة',
    'الموافقة', 'موافق', 'تمت الموافقة',
  ],
  reject: [
    'reject', 'rejected', 'refuse', 'refused', 'decline', 'declined', 'رفض', 'الرفض', 'مرفوض', 'مرفوضة', 'تم الرفض',
    'اعتذار', 'الاعتذار', 'عدم قبول', 'عدم القبول', 'غير مقبول', 'عدم الموافقة', 'غير موافق',
  ],
  defer: [
    'defer', 'deferred', 'postpone', 'postponed', 'تأجيل', 'التأجيل', 'مؤجل', 'مؤجلة', 'تم التأجيل', 'إرجاء', 'أُجّل',
  ],
}; // prettier-ignore

const finder = <T extends string>(words: Readonly<Record<T, readonly string[]>>, names: readonly T[]) => {
  const known = new Map(names.flatMap((name) => words[name].map((word) => [normalise(word), name] as const)));
  return (text: string): T | undefined => known.get(normalise(text));
};

export const columnOf = finder(headings, columns);
export const decisionOf = finder(decisionWords, ['accept', 'reject', 'defer']);
