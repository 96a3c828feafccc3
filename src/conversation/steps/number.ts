import type { Step } from '../../flows/schema.js';
import { groupedDigits, readNumber } from '../../language/numbers.js';
import type { StepType } from './step.js';

/** A whole number, e.g. `{"ask": "familySize", "type": "number", "min": 1, "max": 40}`, in digits or words; kept as one: `6`. */
export const number: StepType<Extract<Step, { type: 'number' }>> = {
  read({ min, max }, { text, value }, { locale }) {
    const reading = readNumber(value ?? text);
    if (reading.type === 'none') return { type: 'invalid', problem: 'numberMissing' };
    if (reading.type === 'several') return { type: 'invalid', problem: 'numberSeveral' };
    if (reading.value < min) return tooFar('numberSmall', groupedDigits(min, locale));
    if (reading.value > max) return tooFar('numberLarge', groupedDigits(max, locale));
    if (!Number.isInteger(reading.value)) return { type: 'invalid', problem: 'numberNotWhole' };
    return { type: 'answer', value: reading.value };
  },

  show: (_step, value, { locale }) => groupedDigits(Number(value), locale),
};

const tooFar = (problem: string, limit: string) => ({ type: 'invalid', problem, variables: { limit } }) as const;
