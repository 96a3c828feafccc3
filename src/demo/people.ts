import type { Address } from '../core/activity.js';
import type { Locale } from '../language/matcher.js';
import type { Chance } from './chance.js';
import { englishNames, families, fathers, men, places, women } from './content/names.js';

/** Somebody who does not exist. */
export interface Person {
  /** From 1. */
  number: number;
  locale: Locale;
  name: string;
  nationalId: string;
  mobile: string;
  place: string;
  address: Address;
}

const channels = ['webchat', 'telegram', 'whatsapp'] as const;

export const createPeople = (count: number, chance: Chance): Person[] =>
  Array.from({ length: count }, (_, place) => createPerson(place + 1, chance.child(`person ${place + 1}`)));

function createPerson(number: number, chance: Chance): Person {
  const locale = chance.happens(0.85) ? 'ar' : 'en';
  const name = locale === 'ar' ? arabicName(chance) : chance.pick(englishNames);
  return {
    number,
    locale,
    name,
    nationalId: nationalId(locale === 'ar' ? '1' : '2', number),
    mobile: `+9665000${String(number).padStart(5, '0')}`,
    place: chance.pick(places[locale]),
    address: addressOf(number, name, chance),
  };
}

const arabicName = (chance: Chance): string =>
  [chance.pick(chance.happens(0.55) ? women : men), ...chance.some(fathers, 2), chance.pick(families)].join(' ');

/** Its last digit is the one that checks the others; the zeros show that it was never given out. */
function nationalId(first: '1' | '2', number: number): string {
  const digits = `${first}0000${String(number).padStart(4, '0')}`;
  const sum = Array.from(digits)
    .map((digit, place) => Number(digit) * (place % 2 === 0 ? 2 : 1))
    .reduce((total, value) => total + (value > 9 ? value - 9 : value), 0);
  return `${digits}${(10 - (sum % 10)) % 10}`;
}

/** No provider knows such a chat, so that whatever a real server says in it later reaches nobody. */
function addressOf(number: number, name: string, chance: Chance): Address {
  const id = `demo-${String(number).padStart(4, '0')}`;
  return { channelId: chance.pick(channels), conversation: { id }, from: { id, name } };
}
