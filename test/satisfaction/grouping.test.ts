import { assert, constantFrom, integer, array, property, record } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createChance } from '../../src/demo/chance.js';
import { takeOut } from '../../src/satisfaction/batch.js';
import { dimensions, groupsOf, least, type Group, type Vote } from '../../src/satisfaction/grouping.js';

const votes = array(
  record({
    stage: constantFrom('takeover', 'delivered', 'closed'),
    service: constantFrom('food', 'rent', 'none'),
    language: constantFrom('ar', 'en'),
    channel: constantFrom('telegram', 'webchat', 'whatsapp'),
    score: integer({ min: 1, max: 5 }),
    week: constantFrom('2026-11-15', '2026-11-22'),
  }),
  { minLength: least, maxLength: 80 },
);

const sizeOf = ({ counts }: Group): number => counts.reduce((sum, times) => sum + times, 0);
const ids = createChance('grouping').ids;

describe('Groups', () => {
  it('are of five at least, hold every vote once, and bear only what all of theirs share', () => {
    assert(
      property(votes, (all: Vote[]) => {
        const groups = groupsOf(all);
        expect(Math.min(...groups.map(sizeOf))).toBeGreaterThanOrEqual(least);
        for (const step of [1, 2, 3, 4, 5]) {
          const counted = groups.reduce((sum, { counts }) => sum + counts[step - 1]!, 0);
          expect(counted).toBe(all.filter(({ score }) => score === step).length);
        }
        for (const dimension of dimensions) {
          for (const value of new Set(all.map((vote) => vote[dimension]))) {
            const shown = groups
              .filter(({ labels }) => labels[dimension] === value)
              .reduce((sum, one) => sum + sizeOf(one), 0);
            expect(shown).toBeLessThanOrEqual(all.filter((vote) => vote[dimension] === value).length);
          }
        }
      }),
    );
  });

  it('are parted by labels alone: other votes of the same people make the same groups', () => {
    assert(
      property(votes, integer({ min: 1, max: 5 }), (all: Vote[], score) => {
        const shape = (of: Vote[]) => groupsOf(of).map((group) => [group.labels, sizeOf(group)]);
        expect(shape(all.map((vote) => ({ ...vote, score })))).toEqual(shape(all));
      }),
    );
  });

  it('leave no difference of two reports that is of fewer than five', () => {
    assert(
      property(votes, (all: Vote[]) => {
        const groups = groupsOf(all);
        const cells = dimensions.flatMap((dimension) =>
          [...new Set(groups.map(({ labels }) => labels[dimension]))].map(
            (value) => new Set(groups.filter(({ labels }) => labels[dimension] === value)),
          ),
        );
        for (const one of cells) {
          for (const other of cells) {
            const size = [...one].filter((group) => !other.has(group)).reduce((sum, group) => sum + sizeOf(group), 0);
            expect(size === 0 || size >= least).toBe(true);
          }
        }
      }),
    );
  });
});

describe('What is taken out of the box', () => {
  const vote = { stage: 'closed', service: 'food', language: 'ar', channel: 'webchat', score: 4, week: '2026-11-15' };
  const box = (count: number, more = {}) => ({
    votes: Array.from({ length: count }, () => vote),
    comments: [],
    thumbs: [],
    ...more,
  });

  it.each([
    { count: 4, weeksWaited: 30, opens: false },
    { count: 5, weeksWaited: 3, opens: false },
    { count: 5, weeksWaited: 4, opens: true },
    { count: 19, weeksWaited: 1, opens: false },
    { count: 20, weeksWaited: 0, opens: true },
  ])('of $count votes after $weeksWaited weeks: $opens', ({ count, weeksWaited, opens }) => {
    expect(takeOut(box(count), { week: '2026-11-22', weeksWaited, ids }) !== undefined).toBe(opens);
  });

  it('are comments by fives, and thumbs of an answer by fives, the others together or later', () => {
    const thumbs = [
      ...Array.from({ length: 6 }, () => ({ entry: 'a', up: true })),
      { entry: 'b', up: false },
      { entry: 'c', up: true },
    ];
    const comments = ['1', '2', '3', '4'];
    const out = takeOut(box(0, { thumbs, comments }), { week: 'w', weeksWaited: 9, ids });
    expect(out?.taken).toMatchObject({ comments: [], thumbs: [{ entry: 'a', up: 6, down: 0 }], groups: [] });
    expect(out?.rest).toMatchObject({ comments, thumbs: thumbs.slice(6) });
    const more = takeOut(box(0, { thumbs: [...thumbs, ...thumbs.slice(5)], comments: [...comments, '5'] }), {
      week: 'w',
      weeksWaited: 0,
      ids,
    });
    expect(more?.taken.comments.toSorted()).toEqual(['1', '2', '3', '4', '5']);
  });
});
