import { isValidIBAN } from 'ibantools';
import { latinDigits } from './normalise.js';

export type IbanReading =
  /** Sample: `SA0380000000608010167519`. */
  | { type: 'iban'; iban: string }
  | { type: 'missing' }
  /** Of a bank in another country. */
  | { type: 'foreign' }
  | { type: 'length'; characters: number }
  /** Of the right length, and its check number says that a character is wrong. */
  | { type: 'check' };

const characters = 24;

/** The Saudi IBAN in a text: small letters, Arabic digits, spaces, words around it, and SA left away are understood. */
export function readIban(text: string): IbanReading {
  const iban = written(text);
  if (iban === '') return { type: 'missing' };
  if (!iban.startsWith('SA')) return { type: 'foreign' };
  if (iban.length !== characters) return { type: 'length', characters: iban.length };
  return isValidIBAN(iban) ? { type: 'iban', iban } : { type: 'check' };
}

/** What looks like an IBAN, in one piece: from the letters of the country up to the next word. */
function written(text: string): string {
  const plain = latinDigits(text.normalize('NFKC')).toUpperCase();
  const groups = plain.split(/[^0-9A-Z]+/).map((group) => group.replace(/^IBAN(?=[A-Z]{2}\d)/, ''));
  const start = groups.findIndex(
    (group, at) => /^[A-Z]{2}\d\d/.test(group) || (/^SA\d?$/.test(group) && /^\d/.test(groups[at + 1] ?? '')),
  );
  if (start >= 0) {
    const [country = '', ...others] = groups.slice(start);
    const end = others.findIndex((group) => !/\d/.test(group));
    return country + others.slice(0, end === -1 ? undefined : end).join('');
  }
  const digits = groups.filter((group) => /^\d+$/.test(group)).join('');
  return digits.length === characters - 2 ? `SA${digits}` : '';
}
