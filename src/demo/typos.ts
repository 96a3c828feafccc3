import type { Chance } from './chance.js';

/** The words as a thumb in a hurry writes them: now and then a letter too many, too few, or in the other's place. */
export function typed(text: string, chance: Chance): string {
  if (!chance.happens(0.4)) return text;
  const letters = Array.from(text);
  const place = chance.between(1, Math.max(1, letters.length - 2));
  const [letter = '', next = ''] = letters.slice(place, place + 2);
  if (!isLetter(letter) || !isLetter(next)) return text;
  const slip = chance.pick([`${letter}${letter}${next}`, next, `${next}${letter}`, `${letter}${next}`]);
  return [...letters.slice(0, place), slip, ...letters.slice(place + 2)].join('');
}

const isLetter = (sign: string): boolean => /^\p{L}$/u.test(sign);
