import { matchChoice } from '../language/choice.js';
import type { Turn } from './turn.js';

/** The value of what was offered last that a text means, by its number or its words; undefined when it means none. */
export function pickedOf({ state }: Turn, text: string): string | undefined {
  const choices = state.offered.map(({ value, label }) => ({ value, labels: [label] }));
  const match = matchChoice(text, choices);
  return match.type === 'chosen' ? match.value : undefined;
}
