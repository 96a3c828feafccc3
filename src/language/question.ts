import { tokens } from './normalise.js';

const first = new Set(
  [
    'ليش', 'ليه', 'لماذا', 'كيف', 'متى', 'وش', 'ايش', 'شنو', 'ماذا', 'هل', 'كم', 'وين', 'فين', 'اين',
    'why', 'how', 'when', 'what', 'where', 'who', 'which', 'is', 'are', 'do', 'does', 'can', 'may', 'should', 'must',
  ].flatMap(tokens),
); // prettier-ignore

/** Whether a text begins with a word that only questions begin with, in either language. */
export const beginsLikeQuestion = (text: string): boolean => first.has(tokens(text.slice(0, 100))[0] ?? '');

/** Whether a text ends with a question mark. */
export const endsLikeQuestion = (text: string): boolean => /[؟?][\s!.؟?]*$/.test(text.slice(-20));
