import { normalise } from './normalise.js';

/** What a word does to the number that is being read. */
export type NumberPart =
  /** Digits as they were typed: 12500. */
  | { type: 'digits'; value: number }
  /** Fills a place that is still free: خمسة, عشرين, مئتين. */
  | { type: 'adds'; value: number }
  /** مية: a hundred, or as many hundreds as stand before it. */
  | { type: 'hundred' }
  /** ألف, مليون: multiplies what stands before it; ألفين and مليونين bring their own two. */
  | { type: 'scale'; value: number; dual: boolean }
  /** نص, ربع: of the last scale. */
  | { type: 'part'; value: number };

const units: readonly string[] = [
  'صفر zero',
  'واحد واحدة وحدة احد احدى one',
  'اثنين اثنان ثنين ثنتين اثنتين اثنتان اثنا اثني two',
  'ثلاثة ثلاث ثلاثه تلاتة تلات three',
  'أربعة اربع four',
  'خمسة خمس five',
  'ستة ست six',
  'سبعة سبع seven',
  'ثمانية ثمان ثماني ثمنية تمانية تمن eight',
  'تسعة تسع nine',
  'عشرة عشر ten',
  'احدعش احدعشر حدعش ايدعش eleven',
  'اثنعش اثناعشر اثنعشر اطنعش twelve',
  'ثلطعش ثلاثتعش ثلاثطعش ثلتعش ثلطعشر thirteen',
  'اربعتعش اربعطعش اربعطعشر fourteen',
  'خمستعش خمسطعش خمسطعشر fifteen',
  'ستعش ستطعش سطعش ستطعشر sixteen',
  'سبعتعش سبعطعش سبعطعشر seventeen',
  'ثمنتعش ثمنطعش ثمنطعشر eighteen',
  'تسعتعش تسعطعش تسعطعشر nineteen',
];

const tens: readonly string[] = [
  'عشرين عشرون twenty',
  'ثلاثين ثلاثون تلاتين thirty',
  'أربعين اربعون forty fourty',
  'خمسين خمسون fifty',
  'ستين ستون sixty',
  'سبعين سبعون seventy',
  'ثمانين ثمانون تمانين eighty',
  'تسعين تسعون ninety',
];

/** Before مية: ثلاثمية, ربعمية, ستمائة. */
const hundreds: readonly string[] = ['ثلاث ثلث تلت', 'اربع ربع', 'خمس', 'ست', 'سبع', 'ثمان ثماني ثمن تمن', 'تسع'];
const hundredForms = ['مية', 'ميه', 'مئة', 'مائة', 'ميت'];

const spelled = (forms: string, part: NumberPart): [string, NumberPart][] =>
  forms.split(' ').map((form) => [normalise(form), part]);

const words = new Map<string, NumberPart>([
  ...units.flatMap((forms, value) => spelled(forms, { type: 'adds', value })),
  ...tens.flatMap((forms, at) => spelled(forms, { type: 'adds', value: (at + 2) * 10 })),
  ...hundreds.flatMap((forms, at) =>
    forms
      .split(' ')
      .flatMap((form) =>
        hundredForms.flatMap((hundred) => spelled(form + hundred, { type: 'adds', value: (at + 3) * 100 })),
      ),
  ),
  ...spelled('ميتين مئتين مئتان مائتين مائتان', { type: 'adds', value: 200 }),
  ...spelled(`${hundredForms.join(' ')} hundred`, { type: 'hundred' }),
  ...spelled('ألف الاف آلاف الوف k ك thousand thousands', { type: 'scale', value: 1000, dual: false }),
  ...spelled('ألفين ألفان', { type: 'scale', value: 1000, dual: true }),
  ...spelled('مليون ملايين m million millions', { type: 'scale', value: 1_000_000, dual: false }),
  ...spelled('مليونين مليونان', { type: 'scale', value: 1_000_000, dual: true }),
  ...spelled('نص نصف half', { type: 'part', value: 0.5 }),
  ...spelled('ربع quarter', { type: 'part', value: 0.25 }),
]);

/** What a normalised word means within a number: also with "و" (and), "ب" or "ل" before it. */
export function numberPart(word: string): { part: NumberPart; joined: boolean } | undefined {
  const part = words.get(word);
  if (part) return { part, joined: false };
  const bare = /^[وبل]/.test(word) ? words.get(word.slice(1)) : undefined;
  return bare && { part: bare, joined: word.startsWith('و') };
}

const nothing = new Set(
  [
    'لا يوجد', 'لا يوجد دخل', 'لا شيء', 'ولا شيء', 'لا شي', 'ولا شي', 'ولا ريال', 'ولا واحد', 'ما عندي', 'ماعندي', 'ما عندي دخل',
    'ماعندي دخل', 'ما فيه', 'مافيه', 'ما في', 'مافي', 'بدون', 'بدون دخل', 'none', 'nothing', 'no income', 'i have none',
  ].map(normalise), // prettier-ignore
);

/** Whether the whole text says that there is none: an answer of zero. */
export const saysNone = (normal: string): boolean => nothing.has(normal);
