import { sparseModel, type Example, type Model } from './model.js';

/** Puts a cosine on the scale of a trained score, so that the same confidences can be asked of both. */
const scale = 12;

/**
 * Scores a text by how near it is to the middle of each class's examples. A few points less exact than a trained model,
 * but the time and memory to make it grow only with the examples, which is what thousands of classes need.
 */
export function centroidModel(examples: readonly Example[], size: { features: number; classes: number }): Model {
  const sums = Array.from({ length: size.features }, () => new Map<number, number>());
  for (const { vector, label } of examples) {
    vector.indices.forEach((feature, at) => {
      const row = sums[feature];
      row?.set(label, (row.get(label) ?? 0) + (vector.values[at] ?? 0));
    });
  }
  const lengths = new Float64Array(size.classes);
  for (const row of sums) for (const [label, sum] of row) lengths[label]! += sum * sum;
  const starts = new Uint32Array(size.features + 1);
  sums.forEach((row, feature) => (starts[feature + 1] = starts[feature]! + row.size));
  const entries = sums.flatMap((row) => [...row]);
  return sparseModel({
    bias: new Float32Array(size.classes),
    starts,
    classes: Uint16Array.from(entries, ([label]) => label),
    weights: Float32Array.from(entries, ([label, sum]) => (scale * sum) / Math.sqrt(lengths[label] || 1)),
  });
}
