import type { Step } from '../../flows/schema.js';
import { groupedDigits, readNumber } from '../../language/numbers.js';
import { latinDigits } from '../../language/normalise.js';
import type { StepContext, StepType } from './step.js';

/** An amount in riyals, e.g. `{"ask": "income", "type": "money", "max": 50000}`; halalas are dropped. Kept as `4500`. */
export const money: StepType<Extract<Step, { type: 'money' }>> = {
  read({ min, max }, { text, value }, context) {
    const reading = readNumber(withoutHalalas(value ?? text));
    if (reading.type === 'none') return { type: 'invalid', problem: 'moneyMissing' };
    if (reading.type === 'several') return { type: 'invalid', problem: 'moneySeveral' };
    const riyals = Math.trunc(reading.value) + 0;
    if (reading.value < min) return tooFar('moneySmall', inRiyals(min, context));
    if (riyals > max) return tooFar('moneyLarge', inRiyals(max, context));
    return { type: 'answer', value: riyals };
  },

  show: (_step, value, context) => inRiyals(Number(value), context),
};

const withoutHalalas = (text: string): string =>
  latinDigits(text).replace(/(?<!\d)\d{1,2} ?(?:هلل|halala)[\p{L}\p{M}]*/gu, ' ');

const inRiyals = (count: number, { assets, locale }: Pick<StepContext, 'assets' | 'locale'>): string =>
  assets.t(locale, 'units.riyals', { count, amount: groupedDigits(count, locale) });

const tooFar = (problem: string, limit: string) => ({ type: 'invalid', problem, variables: { limit } }) as const;
