import { createFeatureSpace } from './features.js';
import type { Match, Matcher, MatcherEntry } from './matcher.js';
import { centroidModel } from './centroids.js';
import { trainSoftmax } from './softmax.js';
import { normalise } from './normalise.js';

export interface MatcherOptions {
  /** How far the best entry must stand above the others to be answered at once; 0 is "nothing else comes near". */
  answerAt?: number;
  /** How much must speak for any entry at all before entries are suggested. */
  suggestAt?: number;
}

const suggestions = 3;

/** Characters of a message that are read: a question stands in its first lines. */
const longest = 1000;

/** Training time grows with examples times entries; this many take some four seconds. About 150 entries. */
const trainable = 400_000;

/** Learns from the phrasings of `entries`; both languages share one model, because people mix them. */
export function createMatcher(entries: readonly MatcherEntry[], options: MatcherOptions = {}): Matcher {
  const { answerAt = -0.1, suggestAt = 0.45 } = options;
  const phrasings = entries.flatMap(({ questions }, label) =>
    [...questions.ar, ...questions.en].map((text) => ({ text, label })),
  );
  const exact = new Map<string, string>();
  for (const { text, label } of phrasings.toReversed()) exact.set(normalise(text), entries[label]?.id ?? '');
  const space = createFeatureSpace(phrasings.map(({ text }) => text));
  const examples = phrasings.map(({ text, label }) => ({ vector: space.vector(text), label }));
  const train = examples.length * entries.length > trainable ? centroidModel : trainSoftmax;
  const model = train(examples, { features: space.size, classes: entries.length });

  return {
    match(text): Match {
      const normal = normalise(text.slice(0, longest));
      const id = exact.get(normal);
      if (id !== undefined && normal !== '') return { type: 'answer', id, score: 1 };
      const vector = space.vector(normal);
      if (vector.indices.length === 0) return { type: 'none', score: 0 };
      const scores = model.scores(vector);
      const evidence = (logSumExp(scores) - Math.log(entries.length)) * vector.coverage;
      const sharpness = 3 * Math.max(...scores) - logSumExp(scores.map((value) => 3 * value));
      const score = Math.exp(sharpness);
      if (evidence < suggestAt) return { type: 'none', score };
      const best = [...scores.keys()].toSorted((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0)).slice(0, suggestions);
      const ids = best.flatMap((label) => entries[label]?.id ?? []);
      if (sharpness > answerAt) return { type: 'answer', id: ids[0] ?? '', score };
      return { type: 'suggest', ids, score };
    },
  };
}

function logSumExp(values: Float32Array): number {
  const highest = Math.max(...values);
  return highest + Math.log(values.reduce((sum, value) => sum + Math.exp(value - highest), 0));
}
