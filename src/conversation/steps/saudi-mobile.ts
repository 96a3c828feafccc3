import { contentTypes } from '../../core/activity.js';
import type { Step } from '../../flows/schema.js';
import { maskPhone, readPhone } from '../../language/phone.js';
import type { Input } from '../input.js';
import type { StepType } from './step.js';

/** What is wrong with a number that is not taken. */
export const phoneProblems = {
  none: 'mobileMissing',
  several: 'mobileSeveral',
  foreign: 'mobileForeign',
  landline: 'mobileLandline',
  wrong: 'mobileWrong',
} as const;

/**
 * A Saudi mobile, e.g. `{"ask": "mobile", "type": "saudi-mobile", "sensitive": true}`, typed or shared as a contact; kept
 * as `+966500000000`, shown by its last three digits.
 */
export const saudiMobile: StepType<Extract<Step, { type: 'saudi-mobile' }>> = {
  read(_step, input) {
    const reading = readPhone(sharedContact(input)?.phone ?? input.value ?? input.text);
    if (reading.type === 'mobile') return { type: 'answer', value: reading.phone };
    return { type: 'invalid', problem: phoneProblems[reading.type] };
  },

  show: (_step, value) => maskPhone(String(value)),
};

/** The first contact that the person shared with the message. */
export function sharedContact({ attachments }: Input): { phone: string; own: boolean } | undefined {
  for (const { contentType, content } of attachments)
    if (contentType === contentTypes.contact && content && 'phone' in content) return content;
  return undefined;
}
