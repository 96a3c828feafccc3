import type { NumberPart } from './number-words.js';

/** A number that is being put together from its parts. */
export interface Building {
  /** What its scales have taken: five thousand of 5,200. */
  total: number;
  /** What no scale has taken yet: two hundred of 5,200. */
  current: number;
  /** What follows is smaller than this. */
  below: number;
  empty: boolean;
  typed: boolean;
  onlyOne: boolean;
  onlyPart: boolean;
}

export const nothingYet: Building = {
  total: 0,
  current: 0,
  below: Infinity,
  empty: true,
  typed: false,
  onlyOne: false,
  onlyPart: false,
};

/** The number with one more part, or undefined when the part begins a number of its own. */
export function append(open: Building, part: NumberPart, joined: boolean): Building | undefined {
  const { total, current, below, empty } = open;
  const next = { ...open, empty: false, onlyOne: false, onlyPart: false };
  switch (part.type) {
    case 'digits':
      return current === 0 && (empty || (total > 0 && part.value < below))
        ? { ...next, current: part.value, typed: true }
        : undefined;
    case 'adds':
      return fits(open, part.value)
        ? { ...next, current: current + part.value, onlyOne: empty && part.value === 1 }
        : undefined;
    case 'hundred':
      if (current === 0 || (joined && current < 100))
        return below > 100 ? { ...next, current: current + 100 } : undefined;
      return current < 100 && !joined ? { ...next, current: current * 100 } : undefined;
    case 'scale': {
      if (part.value >= below || (current > 0 && (part.dual || joined))) return undefined;
      const times = part.dual ? 2 : current || 1;
      return { ...next, total: total + times * part.value, current: 0, below: part.value, typed: false };
    }
    case 'part':
      if (empty) return { ...next, current: part.value, onlyPart: true };
      if (current % 1 !== 0) return undefined;
      if (current > 0) return { ...next, current: current + part.value };
      return { ...next, total: total + part.value * (below === Infinity ? 1 : below) };
    default:
      return part satisfies never;
  }
}

/** Whether the place of the value is still free: five and twenty, a hundred and five; not five and six. */
function fits({ current, below, empty, typed }: Building, value: number): boolean {
  if (value === 0 || typed) return empty;
  if (value >= below) return false;
  if (value < 10) return current % 10 === 0;
  if (value > 10 && value < 20) return current % 100 === 0;
  return value < 100 ? current % 100 < 10 : current < 100;
}
