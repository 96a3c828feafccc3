import type { Step } from '../../flows/schema.js';
import { localDigits } from '../../language/digits.js';
import { isolate } from '../../language/direction.js';
import { readSaudiId } from '../../language/saudi-id.js';
import type { StepType } from './step.js';

const problems = { missing: 'idMissing', beginning: 'idBeginning', check: 'idCheck' } as const;

/**
 * A national ID or residence number, e.g. `{"ask": "nationalId", "type": "saudi-id", "sensitive": true}`; kept as
 * `1234567897`, shown by its last four digits.
 */
export const saudiId: StepType<Extract<Step, { type: 'saudi-id' }>> = {
  read(_step, { text, value }, { locale }) {
    const reading = readSaudiId(value ?? text);
    if (reading.type === 'id') return { type: 'answer', value: reading.id };
    if (reading.type === 'length')
      return { type: 'invalid', problem: 'idLength', variables: { digits: localDigits(reading.digits, locale) } };
    return { type: 'invalid', problem: problems[reading.type] };
  },

  show: (_step, value) => isolate(`••••••${String(value).slice(-4)}`),
};
