import type { FeatureVector } from './features.js';
import { sparseModel, type Example, type Model } from './model.js';

const epochs = 12;
const firstStep = 4;
const lastStep = 0.08;
/** Gradients below this change nothing that can be measured and cost most of the time. */
const smallestGradient = 0.001;
/** An example whose largest gradient is below this has been learned, and rests for one round. */
const learned = 0.05;
const keptWeights = 0.05;

/**
 * Multinomial logistic regression by stochastic gradient descent from zero. A small step and an early stop are what
 * keeps it from over-fitting; there is no penalty term. The order of the examples is shuffled from a fixed seed, so
 * that the same content always gives the same model.
 */
export function trainSoftmax(examples: readonly Example[], size: { features: number; classes: number }): Model {
  const weights = new Float32Array(size.features * size.classes);
  const bias = new Float32Array(size.classes);
  const order = examples.map((_, index) => index);
  const resting = new Set<number>();
  const random = seededRandom(1);
  for (let epoch = 0; epoch < epochs; epoch++) {
    shuffle(order, random);
    const step = firstStep * (1 - epoch / epochs) + lastStep;
    for (const index of order) {
      const example = examples[index];
      if (!example || resting.delete(index)) continue;
      if (learn(example, { weights, bias, step }) < learned) resting.add(index);
    }
  }
  return prune(weights, bias);
}

interface Training {
  weights: Float32Array;
  bias: Float32Array;
  step: number;
}

/** One step; returns how much there was still to learn. */
function learn({ vector, label }: Example, { weights, bias, step }: Training): number {
  const classes = bias.length;
  const probabilities = softmax(denseScores(vector, weights, bias));
  const active: number[] = [];
  const gradients: number[] = [];
  for (let c = 0; c < classes; c++) {
    const gradient = (c === label ? 1 : 0) - (probabilities[c] ?? 0);
    if (Math.abs(gradient) < smallestGradient) continue;
    active.push(c);
    gradients.push(gradient * step);
    bias[c] = (bias[c] ?? 0) + 0.02 * step * gradient;
  }
  vector.indices.forEach((feature, at) => {
    const value = vector.values[at] ?? 0;
    const row = feature * classes;
    for (let k = 0; k < active.length; k++) weights[row + active[k]!]! += value * gradients[k]!;
  });
  return 1 - (probabilities[label] ?? 0);
}

function denseScores(vector: FeatureVector, weights: Float32Array, bias: Float32Array): Float32Array {
  const classes = bias.length;
  const scores = Float32Array.from(bias);
  for (let at = 0; at < vector.indices.length; at++) {
    const row = vector.indices[at]! * classes;
    const value = vector.values[at]!;
    for (let c = 0; c < classes; c++) scores[c]! += value * weights[row + c]!;
  }
  return scores;
}

function softmax(scores: Float32Array): Float32Array {
  const highest = scores.reduce((most, score) => Math.max(most, score), -Infinity);
  const powers = scores.map((score) => Math.exp(score - highest));
  const total = powers.reduce((sum, power) => sum + power, 0);
  return powers.map((power) => power / total);
}

/** Keeps the largest weights, by feature; the rest do not change which class wins. */
function prune(weights: Float32Array, bias: Float32Array): Model {
  const classes = bias.length;
  const limit = weightLimit(weights, Math.max(keptWeights, 4 / classes));
  const starts = new Uint32Array(weights.length / classes + 1);
  const keptClasses: number[] = [];
  const kept: number[] = [];
  for (let at = 0; at < weights.length; at++) {
    const weight = weights[at]!;
    if (weight !== 0 && Math.abs(weight) >= limit) {
      keptClasses.push(at % classes);
      kept.push(weight);
    }
    if ((at + 1) % classes === 0) starts[(at + 1) / classes] = kept.length;
  }
  return sparseModel({ bias, starts, classes: Uint16Array.from(keptClasses), weights: Float32Array.from(kept) });
}

/** The size of weight that `share` of all exceed, from a sample. */
function weightLimit(weights: Float32Array, share: number): number {
  if (share >= 1) return 0;
  const stride = Math.max(1, Math.floor(weights.length / 50_000));
  const sample: number[] = [];
  for (let at = 0; at < weights.length; at += stride) sample.push(Math.abs(weights[at]!));
  const sorted = Float32Array.from(sample).toSorted();
  return sorted[Math.floor(sorted.length * (1 - share))] ?? 0;
}

function shuffle(order: number[], random: () => number): void {
  for (let last = order.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    const moved = order[last]!;
    order[last] = order[other]!;
    order[other] = moved;
  }
}

/** Mulberry32: small, fast, and the same on every machine. */
function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
