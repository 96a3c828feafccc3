import { sparseModel, type Example, type Model } from './model.js';

/** Puts a cosine on the scale of a trained score, so that the same confidences can be asked of both. */
const scale = 12;

interface Centroid {
  features: Uint32Array;
  values: Float32Array;
}

/**
 * Scores a text by how near it is to the middle of each class's examples. A few points less exact than a trained model,
 * but the time and memory to make it grow only with the examples, which is what thousands of classes need.
 */
export function centroidModel(examples: readonly Example[], size: { features: number; classes: number }): Model {
  const byClass: Example[][] = Array.from({ length: size.classes }, () => []);
  for (const example of examples) byClass[example.label]?.push(example);
  const centroids = byClass.map(centroidOf);

  const starts = new Uint32Array(size.features + 1);
  for (const { features } of centroids) for (const feature of features) starts[feature + 1]!++;
  for (let feature = 0; feature < size.features; feature++) starts[feature + 1]! += starts[feature]!;

  const free = starts.slice();
  const classes = new Uint16Array(starts.at(-1) ?? 0);
  const weights = new Float32Array(classes.length);
  centroids.forEach(({ features, values }, label) => {
    features.forEach((feature, at) => {
      const place = free[feature]!++;
      classes[place] = label;
      weights[place] = values[at]! * scale;
    });
  });
  return sparseModel({ bias: new Float32Array(size.classes), starts, classes, weights });
}

function centroidOf(examples: readonly Example[]): Centroid {
  const sums = new Map<number, number>();
  for (const { vector } of examples) {
    vector.indices.forEach((feature, at) => sums.set(feature, (sums.get(feature) ?? 0) + (vector.values[at] ?? 0)));
  }
  const values = Float32Array.from(sums.values());
  const length = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0)) || 1;
  return { features: Uint32Array.from(sums.keys()), values: values.map((value) => value / length) };
}
