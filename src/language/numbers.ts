import { localDigits } from './digits.js';
import { conceptOf } from './lexicon.js';
import type { Locale } from './matcher.js';
import { latinDigits, normalise } from './normalise.js';
import { append, nothingYet, type Building } from './number-sum.js';
import { numberPart, saysNone, type NumberPart } from './number-words.js';
import { endsLikeQuestion } from './question.js';

export type NumberReading =
  | { type: 'number'; value: number }
  /** More than one: which is meant? */
  | { type: 'several' }
  | { type: 'none' };

/**
 * The one number that a text gives, in digits of any keyboard or in words: "٥٬٠٠٠", "5 000,50", "5k", "٥ آلاف وخمسمية",
 * "خمسة وعشرين ألف ريال", "ألف ونص". A question, a story with a number in it, and a range give none that can be kept.
 */
export function readNumber(text: string): NumberReading {
  const plain = latinDigits(text.normalize('NFKC'));
  if (saysNone(normalise(plain))) return { type: 'number', value: 0 };
  const { values, others, weak } = gather(plain);
  const [value] = values;
  if (value === undefined || isAbout(text, others) || (weak && others.length > 1)) return { type: 'none' };
  return values.length > 1 ? { type: 'several' } : { type: 'number', value };
}

/** A number for people to read: from 10,000 on with marks between the thousands. */
export function groupedDigits(value: number, locale: Locale): string {
  const plain = String(value);
  if (!/^\d{5,15}$/.test(plain)) return localDigits(value, locale);
  return localDigits(plain.replace(/\B(?=(?:\d{3})+$)/g, locale === 'ar' ? '٬' : ','), locale);
}

const mostOthers = 12;
const asking = new Set(['what', 'why', 'how', 'when', 'where', 'who', 'how-many']);

function isAbout(text: string, others: readonly string[]): boolean {
  if (others.length > mostOthers || (others.length > 0 && endsLikeQuestion(text))) return true;
  return others.length > 2 && others.some((word) => asking.has(conceptOf(word) ?? ''));
}

const grouped = String.raw`[1-9]\d{0,2}(?<mark>[,٬،.'\u0020])\d{3}(?:\k<mark>\d{3})*(?!\d)(?:[.,٫]\d{1,2}(?!\d))?`;
const plain = String.raw`\d+(?:[.,٫،]\d+)?`;
const pieces = new RegExp(String.raw`(?<sign>(?<![^\s(])[-−])?(?<digits>${grouped}|${plain})|[\p{L}\p{M}]+`, 'gu');

interface Gathered {
  values: number[];
  /** Words that are no part of a number. */
  others: string[];
  /** The only number is "one", which is said of much besides numbers. */
  weak: boolean;
}

function gather(text: string): Gathered {
  const found: Gathered = { values: [], others: [], weak: false };
  let open: Building | undefined;
  let negative = false;
  const close = () => {
    if (open && !open.onlyPart) found.values.push(negative ? 0 - open.total - open.current : open.total + open.current);
    found.weak = open?.onlyOne ?? found.weak;
    open = undefined;
    negative = false;
  };
  for (const { 0: piece, groups } of text.matchAll(pieces)) {
    const digits = groups?.['digits'];
    const word = digits === undefined ? normalise(piece) : '';
    if (word === 'و' || word === 'and') continue;
    const said = digits === undefined ? numberPart(word) : digitsPart(digits);
    const longer = said && open && append(open, said.part, said.joined);
    if (!longer) close();
    open = longer ?? (said && append(nothingYet, said.part, false));
    if (groups?.['sign'] !== undefined || (open && minus.has(found.others.at(-1) ?? ''))) negative = true;
    if (!said) found.others.push(word);
  }
  close();
  return found;
}

const minus = new Set(['سالب', 'ناقص', 'minus', 'negative']);

/** `5,000.50` → 5000.5; the mark before one, two or four and more digits is the decimal one. */
function digitsPart(digits: string): { part: NumberPart; joined: boolean } {
  const [, whole = digits, fraction = ''] = /^(.*)[.,٫،](\d{1,2}|\d{4,})$/.exec(digits) ?? [];
  const leading = /^0[.,٫،]\d{3}$/.test(digits) ? digits.replace(/[,٫،]/, '.') : '';
  const value = Number(leading || `${whole.replace(/\D/g, '')}.${fraction}`);
  return { part: { type: 'digits', value }, joined: false };
}
