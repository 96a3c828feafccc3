import type { Ids } from '../core/ids.js';
import type { Document } from '../store/collection.js';
import { least, ripeGroups, type Group, type Vote } from './grouping.js';
import type { Tally, WordKind } from './words.js';

/**
 * What was taken out of the ballot box at once: all that staff ever read of opinions. Nothing in it is of fewer than
 * five people, and nothing in it stands twice.
 */
export interface BatchRecord extends Document {
  /** The last week of which opinions are in it; its id too. */
  week: string;
  /** How many were asked since the box was opened before. */
  asked: number;
  groups: Group[];
  /** Anonymised, five of a language at least, in an order by chance, and beside no vote. */
  comments: string[];
  /** Of answers of the FAQ; `entry` is null for those with fewer than five thumbs each. */
  thumbs: ThumbCount[];
  /** What people spoke of elsewhere, of whole weeks that no other batch counts. */
  themes: Partial<Record<WordKind, Tally>>;
}

export interface ThumbCount {
  entry: string | null;
  up: number;
  down: number;
}

export interface Thumb {
  entry: string;
  up: boolean;
}

export interface Comment {
  /** Null of whoever has nothing to add: it lies there as the others do, for a week, or with few others for longer. */
  text: string | null;
  /** Of the chat: whoever reads the transcripts knows it, and sees it in the words. */
  language: string;
}

/** What lies in the box. */
export interface Opinions {
  votes: Vote[];
  comments: Comment[];
  thumbs: Thumb[];
}

/** Takes out what may be read in this week (`looked`), and leaves the rest. */
export function takeOut(
  { votes, comments, thumbs }: Opinions,
  { week, looked, ids }: { week: string; looked: string; ids: Ids },
): { taken: Omit<BatchRecord, 'asked' | 'themes'>; rest: Opinions } {
  const ripe = ripeGroups(votes, looked);
  const counted = thumbCounts(thumbs);
  const read = readable(comments);
  return {
    taken: {
      _id: week,
      week,
      groups: shuffled(ripe.groups, ids),
      comments: shuffled(read.taken, ids),
      thumbs: shuffled(counted.taken, ids),
    },
    rest: {
      votes: ripe.rest,
      comments: read.rest,
      thumbs: counted.rest,
    },
  };
}

/**
 * Comments leave when five of their language were written. Until then they stay, and beside them no more of those who had
 * nothing to add than make five: how many stay is told by how many were asked for words, not by what they said, and the
 * box does not grow on where hardly anybody writes.
 */
function readable(comments: readonly Comment[]): { taken: string[]; rest: Comment[] } {
  const taken: string[] = [];
  const rest: Comment[] = [];
  for (const language of new Set(comments.map((comment) => comment.language))) {
    const own = comments.filter((comment) => comment.language === language);
    const written = own.filter(({ text }) => text !== null);
    if (written.length >= least) taken.push(...written.flatMap(({ text }) => text ?? []));
    else rest.push(...[...written, ...own.filter(({ text }) => text === null)].slice(0, least));
  }
  return { taken, rest };
}

function thumbCounts(thumbs: readonly Thumb[]): { taken: ThumbCount[]; rest: Thumb[] } {
  const entries = [...new Set(thumbs.map(({ entry }) => entry))];
  const of = (wanted: readonly Thumb[]) => ({
    up: wanted.filter(({ up }) => up).length,
    down: wanted.filter(({ up }) => !up).length,
  });
  const own = entries
    .map((entry) => ({ entry, thumbs: thumbs.filter((thumb) => thumb.entry === entry) }))
    .filter((one) => one.thumbs.length >= least);
  const others = thumbs.filter(({ entry }) => !own.some((one) => one.entry === entry));
  const together = others.length >= least;
  return {
    taken: [
      ...own.map((one): ThumbCount => ({ entry: one.entry, ...of(one.thumbs) })),
      ...(together ? [{ entry: null, ...of(others) }] : []),
    ],
    rest: together ? [] : others,
  };
}

/** In an order that only chance has made. */
export const shuffled = <T>(list: readonly T[], ids: Ids): T[] =>
  list
    .map((item) => ({ item, place: ids.uuid() }))
    .toSorted((a, b) => (a.place < b.place ? -1 : 1))
    .map(({ item }) => item);
