import type { FeatureVector } from './features.js';

/** A trained classifier: a score for each class; the larger, the likelier. */
export interface Model {
  scores(vector: FeatureVector): Float32Array;
}

export interface Example {
  vector: FeatureVector;
  /** The class, from 0. */
  label: number;
}

/** The weights that are not zero, one row after the other: row `feature` is from `starts[feature]` to the next start. */
export interface SparseWeights {
  bias: Float32Array;
  starts: Uint32Array;
  classes: Uint16Array;
  weights: Float32Array;
}

export const sparseModel = ({ bias, starts, classes, weights }: SparseWeights): Model => ({
  scores(vector) {
    const scores = Float32Array.from(bias);
    for (let at = 0; at < vector.indices.length; at++) {
      const feature = vector.indices[at]!;
      const value = vector.values[at]!;
      for (let k = starts[feature]!; k < starts[feature + 1]!; k++) scores[classes[k]!]! += value * weights[k]!;
    }
    return scores;
  },
});
