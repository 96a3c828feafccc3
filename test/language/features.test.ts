import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createFeatureSpace, type FeatureVector } from '../../src/language/features.js';

const space = createFeatureSpace([
  'وش الأوراق المطلوبة',
  'متى يطلع قرار اللجنة',
  'ابغى اتطوع معكم',
  'When are you open?',
]);

const length = ({ values }: FeatureVector) => Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));

function similarity(a: string, b: string): number {
  const [first, second] = [space.vector(a), space.vector(b)];
  const values = new Map(Array.from(first.indices, (feature, at) => [feature, first.values[at] ?? 0]));
  return second.indices.reduce((sum, feature, at) => sum + (values.get(feature) ?? 0) * (second.values[at] ?? 0), 0);
}

describe('the features of a text', () => {
  it('have length one when every view of it is known', () => {
    expect(length(space.vector('متى يطلع قرار اللجنة'))).toBeCloseTo(1, 5);
  });

  it('are the same for words of one meaning, order aside', () => {
    expect(similarity('ايش المستندات', 'وش الاوراق')).toBeGreaterThan(similarity('متى القرار', 'وش الاوراق'));
    expect(similarity('اللجنة قرار متى', 'متى قرار اللجنه')).toBeGreaterThan(0.7);
  });

  it('say how much of the text is known', () => {
    expect(space.vector('وش الأوراق المطلوبة').coverage).toBe(1);
    expect(space.vector('طماطم').coverage).toBe(0);
    const half = space.vector('الأوراق طماطم').coverage;
    expect(half).toBeGreaterThan(0);
    expect(half).toBeLessThan(1);
  });

  it('are none for a text without words', () => {
    expect(space.vector('🙏 ؟')).toEqual({ indices: new Uint32Array(), values: new Float32Array(), coverage: 0 });
  });

  it('are known, distinct and finite for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const { indices, values, coverage } = space.vector(text);
        expect(new Set(indices).size).toBe(indices.length);
        expect(indices.every((index) => index < space.size)).toBe(true);
        expect(values.every(Number.isFinite)).toBe(true);
        expect(coverage >= 0 && coverage <= 1).toBe(true);
      }),
    );
  });
});
