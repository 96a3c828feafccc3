import { digitRuns } from './digit-runs.js';

export type SaudiIdReading =
  | { type: 'id'; id: string }
  /** None, or several: which is meant? */
  | { type: 'missing' }
  | { type: 'length'; digits: number }
  | { type: 'beginning' }
  /** Of the right length and beginning, and no number that was ever given out: most likely a typing slip. */
  | { type: 'check' };

/** The national ID (begins with 1) or residence number (2) in a text, with its check digit held. */
export function readSaudiId(text: string): SaudiIdReading {
  const runs = [text, ...text.split(/\s+/)].flatMap(digitRuns).map((run) => run.replaceAll('+', ''));
  const long = runs.filter((run) => run.length === 10);
  const valid = new Set(long.filter((run) => /^[12]/.test(run) && checks(run)));
  const [id] = valid;
  if (id !== undefined) return valid.size === 1 ? { type: 'id', id } : { type: 'missing' };
  if (long.length > 0) return { type: long.some((run) => /^[12]/.test(run)) ? 'check' : 'beginning' };
  const digits = Math.max(0, ...runs.map(({ length }) => length));
  return digits === 0 ? { type: 'missing' } : { type: 'length', digits };
}

/** Luhn's sum: every other digit, from the first on, counts double, and the digits of what comes out are added. */
function checks(id: string): boolean {
  const sum = Array.from(id)
    .map((digit, place) => Number(digit) * (place % 2 === 0 ? 2 : 1))
    .reduce((total, value) => total + (value > 9 ? value - 9 : value), 0);
  return sum % 10 === 0;
}
