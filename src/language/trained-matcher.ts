import { centroidModel } from './centroids.js';
import { createFeatureSpace } from './features.js';
import type { Match, Matcher, MatcherEntry } from './matcher.js';
import type { Example, Model } from './model.js';
import { normalise } from './normalise.js';
import { trainSoftmax } from './softmax.js';

/**
 * When to answer and when to suggest. The defaults were chosen on FAQ phrasings held out from training, so that a wrong
 * answer is rare and a suggestion common: a list of three costs one tap, a wrong answer costs trust.
 */
export interface MatcherOptions {
  /** How far the best entry must stand above the others to be the answer: 0 means nothing else comes near. */
  sharpness?: number;
  /** How much must speak for the FAQ as a whole before the best entry is the answer. */
  answerEvidence?: number;
  /** How much must speak for the FAQ as a whole before entries are suggested. */
  suggestEvidence?: number;
}

const suggestions = 3;

/** Characters of a message that are read: a question stands in its first lines. */
const longest = 1000;

/** Training time grows with examples times entries; this many take some four seconds. About 150 entries. */
const trainable = 400_000;

/** Learns from the phrasings of `entries`. Both languages share one model: people mix them, and so each teaches the other. */
export function createMatcher(entries: readonly MatcherEntry[], options: MatcherOptions = {}): Matcher {
  const { sharpness = -0.02, answerEvidence = 0.2, suggestEvidence = 0.09 } = options;
  const exact = exactPhrasings(entries);
  const confidence = learn(entries);
  return {
    match(text): Match {
      const normal = normalise(text.slice(0, longest));
      const known = exact.get(normal);
      if (known !== undefined) return { type: 'answer', id: known, score: 1 };
      const found = confidence(normal);
      const score = Math.exp(found.sharpness);
      if (found.evidence < suggestEvidence) return { type: 'none', score };
      const ids = found.best.flatMap((label) => entries[label]?.id ?? []);
      const [id] = ids;
      const sure = found.sharpness >= sharpness && found.evidence >= answerEvidence;
      return sure && id !== undefined ? { type: 'answer', id, score } : { type: 'suggest', ids, score };
    },
  };
}

const phrasingsOf = ({ questions }: MatcherEntry): string[] => [...questions.ar, ...questions.en];

/** A phrasing that two entries claim belongs to the first. */
function exactPhrasings(entries: readonly MatcherEntry[]): ReadonlyMap<string, string> {
  const exact = new Map<string, string>();
  for (const entry of entries) {
    for (const phrasing of phrasingsOf(entry).map(normalise)) {
      if (phrasing !== '' && !exact.has(phrasing)) exact.set(phrasing, entry.id);
    }
  }
  return exact;
}

interface Confidence {
  /** The entries that fit best, best first. */
  best: readonly number[];
  /** At most 0; the logarithm of the best entry's share when differences are made three times as large. */
  sharpness: number;
  /** What speaks for any entry at all, by how much of the text is known; about 1 for the phrasings themselves. */
  evidence: number;
}

function learn(entries: readonly MatcherEntry[]): (text: string) => Confidence {
  const phrasings = entries.flatMap((entry, label) => phrasingsOf(entry).map((text) => ({ text, label })));
  const space = createFeatureSpace(phrasings.map(({ text }) => text));
  const examples = phrasings.map(({ text, label }) => ({ vector: space.vector(text), label }));
  const train = examples.length * entries.length > trainable ? centroidModel : trainSoftmax;
  const model: Model = train(examples, { features: space.size, classes: entries.length });
  const usual = usualEvidence(model, examples);

  return (text) => {
    const vector = space.vector(text);
    if (vector.indices.length === 0) return { best: [], sharpness: -Infinity, evidence: -Infinity };
    const scores = model.scores(vector);
    const best = highest(scores, suggestions);
    const top = scores[best[0] ?? 0] ?? 0;
    return {
      best,
      sharpness: -logSumExp(scores.map((score) => 3 * (score - top))),
      evidence: (evidenceOf(scores) * vector.coverage) / usual,
    };
  };
}

const evidenceOf = (scores: Float32Array): number => logSumExp(scores) - Math.log(scores.length);

/** Scores grow with the number of entries; this makes one threshold fit a FAQ of five and of five hundred. */
function usualEvidence(model: Model, examples: readonly Example[]): number {
  const stride = Math.ceil(examples.length / 200);
  const sample = examples.filter((_, at) => at % stride === 0);
  const total = sample.reduce((sum, { vector }) => sum + evidenceOf(model.scores(vector)), 0);
  return total > 0 ? total / sample.length : 1;
}

function highest(scores: Float32Array, count: number): number[] {
  const labels = [...scores.keys()];
  return labels.toSorted((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0)).slice(0, count);
}

function logSumExp(values: Float32Array): number {
  const largest = values.reduce((most, value) => Math.max(most, value), -Infinity);
  return largest + Math.log(values.reduce((sum, value) => sum + Math.exp(value - largest), 0));
}
