import { describe, expect, it } from 'vitest';
import { centroidModel } from '../../src/language/centroids.js';
import { createFeatureSpace } from '../../src/language/features.js';
import type { Model } from '../../src/language/model.js';
import { trainSoftmax } from '../../src/language/softmax.js';

const colours = [
  'احمر قاني',
  'ازرق سماوي',
  'اخضر زيتوني',
  'اصفر ليموني',
  'ابيض ثلجي',
  'اسود فاحم',
  'بني محروق',
  'وردي هادئ',
];
const texts = colours.flatMap((colour, label) =>
  [colour, `لون ${colour}`, `${colour} جدا`].map((text) => ({ text, label })),
);
const space = createFeatureSpace(texts.map(({ text }) => text));
const examples = texts.map(({ text, label }) => ({ vector: space.vector(text), label }));

const winner = (model: Model, text: string): number => {
  const scores = model.scores(space.vector(text));
  return scores.indexOf(Math.max(...scores));
};

describe.each([
  ['softmax', trainSoftmax],
  ['centroids', centroidModel],
])('a model by %s', (_, train) => {
  const model = train(examples, { features: space.size, classes: colours.length });

  it('scores the class of an example highest', () => {
    expect(texts.map(({ text }) => winner(model, text))).toEqual(texts.map(({ label }) => label));
  });

  it('scores a text highest for the class whose words it shares', () => {
    expect(['ابغى لون سماوي', 'شي زيتوني لو سمحت', 'الوردي'].map((text) => winner(model, text))).toEqual([1, 2, 7]);
  });

  it('is the same each time', () => {
    const again = train(examples, { features: space.size, classes: colours.length });
    const vector = space.vector('لون بني فاحم');
    expect(again.scores(vector)).toEqual(model.scores(vector));
  });

  it('stands an empty set', () => {
    expect(train([], { features: 0, classes: 0 }).scores(space.vector(''))).toEqual(new Float32Array());
  });
});
