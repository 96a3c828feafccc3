import type { Words } from '../flows/schema.js';
import { normalise } from '../language/normalise.js';

/** Finds words of danger: these are looked up and never guessed, because a miss may cost a life. */
export function createAlarm(alarms: Words['alarms']): (text: string) => string | undefined {
  const known = alarms.flatMap(({ answer, words }) =>
    [...words.ar, ...words.en].map((word) => ({ answer, word: ` ${normalise(word)} ` })),
  );
  return (text) => {
    const said = ` ${normalise(text)} `;
    // "and" and "so" are written together with the word that follows them.
    const bare = said.replace(/ [وف](?=\S{2})/g, ' ');
    return known.find(({ word }) => said.includes(word) || bare.includes(word))?.answer;
  };
}
