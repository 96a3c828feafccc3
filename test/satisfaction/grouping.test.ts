import { assert, constantFrom, integer, array, property, record } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createChance } from '../../src/demo/chance.js';
import { takeOut } from '../../src/satisfaction/batch.js';
import { dimensions, groupsOf, least, ripeGroups, type Group, type Vote } from '../../src/satisfaction/grouping.js';

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
          const counted = groups.reduce((sum, { counts }) => sum + (counts.at(step - 1) ?? 0), 0);
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

  const looked = '2026-11-22';
  const from = (weeks: number) => ({
    ...vote,
    week: new Date(Date.parse(looked) - weeks * 7 * 24 * 60 * 60 * 1000).toISOString().slice(0, 10),
  });
  const channels = ['webchat', 'telegram', 'whatsapp', 'terminal', 'botframework'];
  const differing = (one: 'channel' | 'service' | 'stage', weeks: number) =>
    channels.map((value) => ({ ...from(weeks), [one]: value, ...(one === 'stage' ? { service: value } : {}) }));

  it.each([
    { what: 'four of a kind, after a year', votes: Array.from({ length: 4 }, () => from(52)), out: 0 },
    { what: 'five of a kind, at once', votes: Array.from({ length: 5 }, () => from(1)), out: 5 },
    { what: 'five on five channels', votes: differing('channel', 1), out: 5 },
    { what: 'five of five services and channels, at once', votes: differing('stage', 1), out: 0 },
    { what: 'five of five services, after four weeks', votes: differing('service', 4), out: 5 },
    { what: 'five of five services and stages, after eight weeks', votes: differing('stage', 8), out: 5 },
  ])('$what: $out', ({ votes: some, out }) => {
    const taken = takeOut({ votes: some, comments: [], thumbs: [] }, { week: 'w', looked, ids })?.taken.groups ?? [];
    expect(taken.reduce((sum, group) => sum + sizeOf(group), 0)).toBe(out);
  });

  it('leaves what has too little in common, and loses nothing', () => {
    assert(
      property(votes, (all: Vote[]) => {
        const { groups, rest } = ripeGroups(all, looked);
        expect(groups.reduce((sum, group) => sum + sizeOf(group), 0) + rest.length).toBe(all.length);
        expect(groups.every((group) => sizeOf(group) >= least)).toBe(true);
      }),
    );
  });

  it('are comments by fives of a language, so that nobody is known by theirs', () => {
    const commentsIn = (language: string, count: number) =>
      Array.from({ length: count }, (_, place) => ({ text: `${language} ${place}`, language }));
    const nothing = { text: null, language: 'en' };
    const comments = [...commentsIn('ar', 6), { text: null, language: 'ar' }, ...commentsIn('en', 4), nothing];
    const { taken, rest } = takeOut(box(0, { comments }), { week: 'w', looked, ids });
    expect(taken.comments.toSorted()).toEqual(['ar 0', 'ar 1', 'ar 2', 'ar 3', 'ar 4', 'ar 5']);
    expect(rest.comments).toEqual([...commentsIn('en', 4), nothing]);
  });

  it('leave of each language five at most, and as many whatever was said', () => {
    const mostly = (written: number, all: number) =>
      Array.from({ length: all }, (_, place) => ({ text: place < all - written ? null : `${place}`, language: 'en' }));
    const leftOf = (written: number, all: number) =>
      takeOut(box(0, { comments: mostly(written, all) }), { week: 'w', looked, ids }).rest.comments;
    for (const all of [4, 5, 6, 900]) {
      for (const written of [0, 1, 4]) {
        expect(leftOf(written, all)).toHaveLength(Math.min(all, 5));
        expect(leftOf(written, all).filter(({ text }) => text !== null)).toHaveLength(written);
      }
    }
  });

  it('are comments by fives, and thumbs of an answer by fives, the others together or later', () => {
    const thumbs = [
      ...Array.from({ length: 6 }, () => ({ entry: 'a', up: true })),
      { entry: 'b', up: false },
      { entry: 'c', up: true },
    ];
    const comments = ['1', '2', '3', '4'].map((text) => ({ text, language: 'ar' }));
    const out = takeOut(box(0, { thumbs, comments }), { week: 'w', looked, ids });
    expect(out?.taken).toMatchObject({ comments: [], thumbs: [{ entry: 'a', up: 6, down: 0 }], groups: [] });
    expect(out?.rest).toMatchObject({ comments, thumbs: thumbs.slice(6) });
    const more = takeOut(
      box(0, { thumbs: [...thumbs, ...thumbs.slice(5)], comments: [...comments, { text: '5', language: 'ar' }] }),
      {
        week: 'w',
        looked,
        ids,
      },
    );
    expect(more?.taken.comments.toSorted()).toEqual(['1', '2', '3', '4', '5']);
  });
});
