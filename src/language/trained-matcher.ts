import { createFeatureSpace } from './features.js';
import type { Match, Matcher, MatcherEntry } from './matcher.js';
import { trainModel } from './model.js';
import { normalise } from './normalise.js';

export interface MatcherOptions {
  /** How far the best entry must stand above the others to be answered at once; 0 is "nothing else comes near". */
  answerAt?: number;
  /** How much must speak for any entry at all before entries are suggested. */
  suggestAt?: number;
}

const suggestions = 3;

/** Learns from the phrasings of `entries`; both languages share one model, because people mix them. */
export function createMatcher(entries: readonly MatcherEntry[], options: MatcherOptions = {}): Matcher {
  const { answerAt = -0.2, suggestAt = 1 } = options;
  const phrasings = entries.flatMap(({ questions }, label) =>
    [...questions.ar, ...questions.en].map((text) => ({ text, label })),
  );
  const exact = new Map<string, string>();
  for (const { text, label } of phrasings.toReversed()) exact.set(normalise(text), entries[label]?.id ?? '');
  const space = createFeatureSpace(phrasings.map(({ text }) => text));
  const examples = phrasings.map(({ text, label }) => ({ vector: space.vector(text), label }));
  const model = trainModel(examples, { features: space.size, classes: entries.length });

  return {
    match(text): Match {
      const normal = normalise(text);
      const id = exact.get(normal);
      if (id !== undefined && normal !== '') return { type: 'answer', id, score: 1 };
      const vector = space.vector(normal);
      if (vector.indices.length === 0) return { type: 'none', score: 0 };
      const scores = model.scores(vector);
      const evidence = logSumExp(scores, 1) - Math.log(entries.length);
      const sharpness = Math.max(...scores) - logSumExp(scores, 3);
      const score = Math.exp(sharpness);
      if (evidence < suggestAt) return { type: 'none', score };
      const best = [...scores.keys()].toSorted((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0)).slice(0, suggestions);
      const ids = best.flatMap((label) => entries[label]?.id ?? []);
      if (sharpness > answerAt) return { type: 'answer', id: ids[0] ?? '', score };
      return { type: 'suggest', ids, score };
    },
  };
}

function logSumExp(scores: Float32Array, sharp: number): number {
  const highest = Math.max(...scores);
  const total = scores.reduce((sum, score) => sum + Math.exp(sharp * (score - highest)), 0);
  return highest + Math.log(total) / sharp;
}
