import { normalise } from './normalise.js';

const forms: readonly string[] = [
  'الأول الأولى اول اولى اولا واحد وحدة first one',
  'الثاني الثانية ثاني ثانية ثانيا اثنين ثنتين second two',
  'الثالث الثالثة ثالث ثالثة ثالثا ثلاثة ثلاث third three',
  'الرابع الرابعة رابع رابعة رابعا اربعة اربع fourth four',
  'الخامس الخامسة خامس خامسة خامسا خمسة خمس fifth five',
  'السادس السادسة سادس سادسة سادسا ستة ست sixth six',
  'السابع السابعة سابع سابعة سابعا سبعة سبع seventh seven',
  'الثامن الثامنة ثامن ثامنة ثامنا ثمانية ثمان ثمانيه eighth eight',
  'التاسع التاسعة تاسع تاسعة تاسعا تسعة تسع ninth nine',
];

const position = new Map(
  forms.flatMap((list, at) => list.split(' ').map((form) => [normalise(form), at + 1] as const)),
);
const lastForms = new Set(['الأخير', 'الأخيرة', 'اخير', 'اخر', 'آخر', 'last'].map(normalise));
const fillers = new Set(
  [
    'رقم',
    'نمرة',
    'الرقم',
    'خيار',
    'الخيار',
    'اختيار',
    'ابي',
    'ابغى',
    'اختار',
    'واحد',
    'the',
    'number',
    'no',
    'option',
    'one',
  ].map(normalise),
);

/**
 * The place in a list of `length` that a text names and nothing else: "٢", "رقم ٢", "2.", "الثانية", "the first one",
 * "الأخير". Counted from 1; undefined when it names none, or one beyond the list.
 */
export function ordinalIn(text: string, length: number): number | undefined {
  const words = normalise(text).split(' ');
  const content = words.length > 1 ? words.filter((word) => !fillers.has(word)) : words;
  const [word, ...others] = content.length > 0 ? content : words.slice(-1);
  if (word === undefined || others.length > 0) return undefined;
  if (lastForms.has(word)) return length;
  const place = /^[0-9]{1,3}$/.test(word) ? Number(word) : position.get(word);
  return place !== undefined && place >= 1 && place <= length ? place : undefined;
}
