import { conceptOf, isStopWord } from './lexicon.js';
import { tokens } from './normalise.js';
import { createSpelling } from './spelling.js';
import { skeleton, stem } from './stem.js';

/** A text as a point: the known features it has and their weights. */
export interface FeatureVector {
  readonly indices: Uint32Array;
  readonly values: Float32Array;
  /**
   * How much of the text is known, 0 to 1: the share of its words, by rarity, that were seen in training, times that of
   * its letter triples. An off-topic text often shares its words or its spelling with the known ones, seldom both.
   */
  readonly coverage: number;
}

export interface FeatureSpace {
  readonly size: number;
  vector(text: string): FeatureVector;
}

interface Word {
  text: string;
  concept: string | undefined;
  stem: string;
}

interface Sentence {
  text: string;
  words: readonly Word[];
}

interface Family {
  weight: number;
  /** Whether coverage is told by it. */
  covers?: boolean;
  extract: (sentence: Sentence) => Iterable<string>;
}

const pairDistance = 5;

/**
 * The five views of a sentence. Each alone is normalised to length one, so that a family with many features does not
 * drown one with few.
 */
const families: readonly Family[] = [
  { weight: 0.75, covers: true, extract: ({ words }) => words.map(keyOf) },
  { weight: 1, covers: true, extract: ({ text }) => grams(` ${text} `, 3) },
  { weight: 0.25, extract: ({ text }) => grams(` ${text} `, 4) },
  { weight: 0.5, extract: ({ words }) => words.flatMap(({ text }) => grams(`<${text}>`, 2)) },
  { weight: 0.6, extract: ({ words }) => pairs(words.filter(({ text }) => !isStopWord(text)).map(canonical)) },
];

const totalWeight = families.reduce((sum, { weight }) => sum + weight, 0);

const keyOf = (word: Word): string => word.concept ?? skeleton(word.stem) ?? word.stem;
const canonical = (word: Word): string => word.concept ?? word.stem;

function grams(text: string, size: number): string[] {
  const found: string[] = [];
  for (let at = 0; at + size <= text.length; at++) found.push(text.slice(at, at + size));
  return found;
}

/** Unordered pairs, because Arabic and dialect order the same words differently. */
function pairs(words: readonly string[]): string[] {
  const found: string[] = [];
  words.forEach((first, at) => {
    for (const second of words.slice(at + 1, at + 1 + pairDistance)) {
      if (first !== second) found.push(first < second ? `${first} ${second}` : `${second} ${first}`);
    }
  });
  return found;
}

function analyse(words: readonly string[]): Sentence {
  return {
    text: words.join(' '),
    words: words.map((word) => ({ text: word, concept: conceptOf(word), stem: stem(word) })),
  };
}

/** Learns the features of `texts` and how rare each is; a rare feature says more. */
export function createFeatureSpace(texts: readonly string[]): FeatureSpace {
  const sentences = texts.map(tokens);
  const counts = families.map(() => new Map<string, number>());
  for (const sentence of sentences.map(analyse)) {
    families.forEach(({ extract }, family) => addAll(counts[family], new Set(extract(sentence))));
  }
  let size = 0;
  const rarity = (count: number): number => Math.max(0.01, Math.log((texts.length + 1) / (count + 0.5)));
  const known = counts.map(
    (count) => new Map([...count].map(([feature, n]) => [feature, { index: size++, idf: rarity(n) }] as const)),
  );
  const correct = createSpelling(addAll(new Map(), sentences.flat()));
  const repaired = (word: string): string => (conceptOf(word) === undefined ? correct(word) : word);
  return { size, vector: (text) => vectorise(analyse(tokens(text).map(repaired)), known, rarity(0)) };
}

function addAll(counts: Map<string, number> = new Map(), found: Iterable<string>): ReadonlyMap<string, number> {
  for (const item of found) counts.set(item, (counts.get(item) ?? 0) + 1);
  return counts;
}

type KnownFeatures = ReadonlyMap<string, { readonly index: number; readonly idf: number }>;

function vectorise(sentence: Sentence, known: readonly KnownFeatures[], unknown: number): FeatureVector {
  const indices: number[] = [];
  const values: number[] = [];
  let coverage = 1;
  families.forEach(({ weight, covers, extract }, family) => {
    const start = values.length;
    let squares = 0;
    let missed = 0;
    for (const feature of new Set(extract(sentence))) {
      const entry = known[family]?.get(feature);
      if (entry === undefined) {
        missed += unknown * unknown;
        continue;
      }
      indices.push(entry.index);
      values.push(entry.idf);
      squares += entry.idf * entry.idf;
    }
    if (covers) coverage *= squares / (squares + missed || 1);
    const scale = Math.sqrt(weight / totalWeight / squares);
    for (let at = start; at < values.length; at++) values[at] = (values[at] ?? 0) * scale;
  });
  return { indices: Uint32Array.from(indices), values: Float32Array.from(values), coverage };
}
