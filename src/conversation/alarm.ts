import type { Words } from '../flows/schema.js';
import { normalise } from '../language/normalise.js';

type Phrases = Words['lowMood'];

/** Finds words of danger: these are looked up and never guessed, because a miss may cost a life. */
export function createAlarm(alarms: Words['alarms']): (text: string) => string | undefined {
  const known = alarms.map(({ answer, words }) => ({ answer, spot: createSpotter(words) }));
  return (text) => known.find(({ spot }) => spot(text))?.answer;
}

/** Whether one of these phrases stands in a text, in any spelling. */
export function createSpotter(phrases: Phrases): (text: string) => boolean {
  const known = [...phrases.ar, ...phrases.en].map((phrase) => ` ${normalise(phrase)} `);
  return (text) => {
    const said = ` ${normalise(text)} `;
    // "and" and "so" are written together with the word that follows them.
    const bare = said.replace(/ [وف](?=\S{2})/g, ' ');
    return known.some((phrase) => said.includes(phrase) || bare.includes(phrase));
  };
}
