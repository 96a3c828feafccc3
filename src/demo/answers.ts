import { day } from '../core/clock.js';
import { isoDay } from '../core/riyadh.js';
import type { Step } from '../flows/schema.js';
import { localDigits } from '../language/digits.js';
import { needs, products } from './content/words.js';
import type { Speaker } from './talk.js';

/** What the person types as the answer to a question without buttons. `words` stand where free words are asked for. */
export function answerTo({ strand: { chance, now }, person }: Speaker, step: Step, words?: string): string {
  const digits = (text: string): string => (chance.happens(0.5) ? localDigits(text, person.locale) : text);
  switch (step.type) {
    case 'saudi-id':
      return digits(person.nationalId);
    case 'saudi-mobile':
    case 'contact':
      return digits(person.mobile.replace('+966', '0'));
    case 'number':
      return digits(String(within(step, chance.between(1, 8))));
    case 'money':
      return digits(String(within(step, chance.between(12, 65) * 100)));
    case 'date': {
      const days = step.only === 'future' ? chance.between(2, 60) : -chance.between(20 * 365, 60 * 365);
      return isoDay(now() + days * day).split('-').toReversed().join('/'); // prettier-ignore
    }
    case 'iban':
      return iban(person.number);
    case 'location':
      return person.place;
    case 'text':
      return { fullName: person.name, city: person.place, product: chance.pick(products[person.locale]) }[step.ask] ?? words ?? chance.pick(needs[person.locale]); // prettier-ignore
    default:
      throw new Error(`The demonstration cannot type an answer to ${step.type}`);
  }
}

const within = ({ min, max }: { min: number; max: number }, value: number): number =>
  Math.min(max, Math.max(min, value));

/** Of a bank that does not exist; the two digits after the country check the others (ISO 13616). */
function iban(number: number): string {
  const account = `00${String(number).padStart(18, '0')}`;
  // SA and two zeros at the end: S is 28, A is 10.
  const check = 98 - Number(BigInt(`${account}281000`) % 97n);
  return `SA${String(check).padStart(2, '0')}${account}`;
}
