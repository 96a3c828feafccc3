import type { Step } from '../../flows/schema.js';
import { maskPhone, readPhone } from '../../language/phone.js';
import { phoneProblems, sharedContact } from './saudi-mobile.js';
import type { StepType } from './step.js';

/**
 * Somebody's number, e.g. `{"ask": "relative", "type": "contact", "sensitive": true}`: a shared contact with a mobile of
 * any country, or a typed Saudi mobile. Kept as `{"phone": "+966500000000", "own": false}`; `own` only when the channel
 * vouches that it is the sender's.
 */
export const contact: StepType<Extract<Step, { type: 'contact' }>> = {
  read(_step, input) {
    const shared = sharedContact(input);
    const reading = readPhone(shared?.phone ?? input.value ?? input.text);
    if (reading.type === 'mobile' || (shared && reading.type === 'foreign'))
      return { type: 'answer', value: { phone: reading.phone, own: shared?.own === true } };
    return { type: 'invalid', problem: reading.type === 'none' ? 'contactMissing' : phoneProblems[reading.type] };
  },

  show: (_step, value) =>
    typeof value === 'object' && value !== null && 'phone' in value ? maskPhone(String(value.phone)) : '',
};
