import { readReference } from '../../core/reference.js';
import type { Step } from '../../flows/schema.js';
import { isolate } from '../../language/direction.js';
import { latinDigits } from '../../language/normalise.js';
import type { StepType } from './step.js';

/** The number of a request, e.g. `{"ask": "request", "type": "reference"}`; kept as `ASB-1234-R`. */
export const reference: StepType<Extract<Step, { type: 'reference' }>> = {
  read(_step, { text, value }, { assets }) {
    const { prefix } = assets.organisation;
    for (const candidate of candidates(value ?? text, prefix)) {
      const found = readReference(candidate, prefix);
      if (found !== undefined) return { type: 'answer', value: found };
    }
    return { type: 'invalid', problem: 'referenceUnclear', variables: { example: isolate(`${prefix}-1234-R`) } };
  },

  show: (_step, value) => isolate(String(value)),
};

/** The whole text; what begins with the prefix; each word with a digit, alone and with the next: words may stand around it. */
function candidates(text: string, prefix: string): string[] {
  const plain = latinDigits(text.normalize('NFKC')).toUpperCase();
  const words = plain.split(/[^0-9A-Z-]+/);
  const near = words.flatMap((word, at) => [word, words.slice(at, at + 2).join(''), words.slice(at, at + 3).join('')]);
  return [text, ...near.filter((word) => word.length <= 16 && (/\d/.test(word) || word.startsWith(prefix)))];
}
