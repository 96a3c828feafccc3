import { latinDigits } from './normalise.js';

/**
 * The numbers of a text as people write long ones: "10 1234-5678" is one run. Digits of any keyboard become 0-9; a plus
 * sign stays where it was typed.
 */
export const digitRuns = (text: string): string[] =>
  latinDigits(text.normalize('NFKC'))
    .split(/[^\d+\t \u00a0\-\u2010-\u2015_ـ]+/)
    .map((run) => run.replace(/[^\d+]/g, ''))
    .filter((run) => /\d/.test(run));
