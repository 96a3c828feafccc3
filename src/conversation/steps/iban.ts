import type { Step } from '../../flows/schema.js';
import { localDigits } from '../../language/digits.js';
import { isolate } from '../../language/direction.js';
import { readIban } from '../../language/iban.js';
import type { StepType } from './step.js';

const problems = { missing: 'ibanMissing', foreign: 'ibanForeign', check: 'ibanCheck' } as const;

/**
 * A Saudi bank account, e.g. `{"ask": "iban", "type": "iban", "sensitive": true}`; kept as `SA0380000000608010167519`,
 * shown by its last four digits.
 */
export const iban: StepType<Extract<Step, { type: 'iban' }>> = {
  read(_step, { text, value }, { locale }) {
    const reading = readIban(value ?? text);
    if (reading.type === 'iban') return { type: 'answer', value: reading.iban };
    if (reading.type === 'length')
      return { type: 'invalid', problem: 'ibanLength', variables: { got: localDigits(reading.characters, locale) } };
    return { type: 'invalid', problem: problems[reading.type] };
  },

  show: (_step, value) => isolate(`SA••••••${String(value).slice(-4)}`),
};
