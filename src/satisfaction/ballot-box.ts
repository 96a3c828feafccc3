import type { Clock } from '../core/clock.js';
import type { Ids } from '../core/ids.js';
import type { Seal } from '../core/seal.js';
import type { Collection, Document } from '../store/collection.js';
import { insertOnce } from '../store/insert-once.js';
import { shuffled, takeOut, type BatchRecord, type Comment, type Opinions, type Thumb } from './batch.js';
import type { Vote } from './grouping.js';
import { startOf, weekAfter, weekOf, weeksBetween } from './week.js';
import { wordKinds, type Tally, type WordKind } from './words.js';

/**
 * Keeps what people think of the service so that nobody can tell whose opinion it is.
 *
 * Who is kept out: somebody who reads every collection, index and file of the store, at one time or again and again,
 * knows whom was asked, when, about what, and that they have answered, and has the log and the audit log; but not the
 * key (`DATA_KEY`). Why it holds:
 *
 * - What was said lies in one sealed text, the box. Each vote rewrites the whole of it under a new nonce, padded to full
 *   pages, votes and tokens in an order by chance. It has no entry for a vote: no id, no time, no place, no length.
 *   Having nothing to add is written as a comment is, and takes up as much room as the longest. From one week to the next
 *   stay five of a language at most, so that the box grows with the opinions of a week and not for ever (`batch.ts`).
 * - That nobody votes twice is seen by a token: a hash, under a key of its own, of the chat and of what was asked about.
 *   It lies in the box beside the votes, and belongs to none of them. Putting the vote in and spending the token are
 *   one write, so a repeated turn counts once and a crash loses nothing.
 * - The box is opened at the turn of a week at most. What is taken out are counts of groups that do not overlap, each of at
 *   least five, brought together by labels alone (`grouping.ts`); the others wait for more of their kind. Any report adds
 *   whole groups, so the difference of two reports is whole groups too; there are no cells behind them. What people speak
 *   of elsewhere, in suggestions, complaints and questions, is counted then too, in whole weeks of five people at least.
 * - Comments leave it by fives of a language at least, shuffled, anonymised, and beside no vote. They carry no label.
 * - Elsewhere nothing is written: the message waits sealed, as long as any other (`mailbox/envelope.ts`); the transcript
 *   has the same dots for every answer (`conversation/survey/secret.ts`); what is said after it is the same for everybody,
 *   also whether somebody should call; the state does not hold it, effects are not stored, and no log, metric or event
 *   knows of a vote.
 *
 * What remains:
 *
 * - Who has the key as well can read the votes that still lie in the box, with their labels, though not whose they are,
 *   and who watches with it sees each one come: keep `DATA_KEY` outside of the store.
 * - When all of a group say the same, that they do is told of each. Who votes for four of five, in chats of their own, knows
 *   the fifth. Five votes of one kind may be of fewer people, as one person is asked twice a month. Where one member of
 *   staff serves all, what is said of the service is said of them.
 * - Who asks to be called tells, by their own will, that something troubles them, though not what they have answered.
 * - Words of danger or despair are never taken for an opinion: they go to people, and stay readable. So do words that are
 *   written while staff have the conversation; a pressed face does not.
 * - Style and story of a comment may be known to who reads it. The messenger that brought an answer keeps it as it likes.
 * - What was said cannot be taken back, by erasure either: nobody knows which it is.
 */
export interface BallotBox {
  /** Puts something in, unless `occasion` was answered in this chat already. */
  add(opinion: Opinion, of: { conversation: string; occasion: string }): Promise<void>;
  /** Opens the box when it is time. */
  open(beside: Beside): Promise<void>;
}

export type Opinion =
  { type: 'vote'; vote: Omit<Vote, 'week'> } | { type: 'comment'; comment: Comment } | { type: 'thumb'; thumb: Thumb };

/** What is published together with opinions, of the time from one moment to before another; milliseconds. */
export interface Beside {
  /** How many were asked. */
  asked(from: number, to: number): Promise<number>;
  /** What people spoke of elsewhere; undefined when too few did. */
  tally(kind: WordKind, from: number, to: number): Promise<Tally | undefined>;
}

/** The one document of `ballots`. */
export interface BoxRecord extends Document {
  sealed: string;
  /** The week in which somebody last looked whether to open it. */
  looked: string;
  /** When it was opened last; milliseconds. */
  opened: number;
  /** Up to when was counted what people spoke of elsewhere; milliseconds. */
  counted: Record<WordKind, number>;
  /** Taken out, and not yet written among the others. */
  batch: BatchRecord | null;
}

interface Contents extends Opinions {
  /** Tokens, with the week in which they were spent. */
  spent: [token: string, week: string][];
}

export interface BallotBoxOptions {
  ballots: Collection<BoxRecord>;
  ratings: Collection<BatchRecord>;
  /** For the contents alone. */
  seal: Pick<Seal, 'seal' | 'open'>;
  /** For tokens alone. */
  tokens: Pick<Seal, 'hash'>;
  /** Letters that are kept of a comment. */
  longestComment: number;
  clock: Clock;
  ids: Ids;
}

const _id = 'box';
/** Bytes of a page. */
const page = 16_384;
/** Bytes that a letter takes up at most, and what stands around a comment. */
const [letter, around] = [3, 64];
/** No question can be answered after so many weeks. */
const tokenWeeks = 8;
const none: Contents = { spent: [], votes: [], comments: [], thumbs: [] };

export function createBallotBox(options: BallotBoxOptions): BallotBox {
  const { ballots, ratings, seal, tokens, longestComment, clock, ids } = options;
  let line: Promise<unknown> = Promise.resolve();
  /** Of this week nothing is left to be done, as far as this process knows. */
  let done: string | undefined;

  const read = ({ sealed }: BoxRecord): Contents => JSON.parse(seal.open(sealed)) as Contents;

  function close({ spent, votes, comments, thumbs }: Contents): string {
    const mixed = {
      spent: spent.toSorted(([a], [b]) => (a < b ? -1 : 1)),
      votes: shuffled(votes, ids),
      comments: shuffled(comments, ids),
      thumbs: shuffled(thumbs, ids),
    };
    const text = JSON.stringify(mixed);
    const bytes = Buffer.byteLength(text);
    const pages = Math.ceil((Math.max(bytes, roomFor(mixed)) + 1) / page);
    return seal.seal(text + ' '.repeat(pages * page - bytes));
  }

  /** What would be needed if everybody had said as much as can be: how many pages there are tells nothing of what was said. */
  const roomFor = ({ comments, thumbs, ...others }: Contents): number =>
    Buffer.byteLength(JSON.stringify({ ...others, thumbs: thumbs.map((thumb) => ({ ...thumb, up: false })) })) +
    comments.length * (longestComment * letter + around);

  async function record(): Promise<BoxRecord> {
    const found = await ballots.findOne({ _id });
    if (found) return found;
    const now = clock.now();
    const fresh = { opened: now, counted: { suggested: 0, asked: 0 }, batch: null };
    await insertOnce(ballots, { _id, sealed: close(none), looked: weekOf(now), ...fresh });
    return record();
  }

  async function put(opinion: Opinion, token: string): Promise<void> {
    const week = weekOf(clock.now());
    for (;;) {
      const box = await record();
      const contents = read(box);
      if (contents.spent.some(([spent]) => spent === token)) return;
      const spent: Contents['spent'] = [...contents.spent, [token, week]];
      const sealed = close(withOne({ ...contents, spent }, opinion, week));
      if (await ballots.findOneAndUpdate({ _id, sealed: box.sealed }, { $set: { sealed } })) return;
    }
  }

  async function publish({ batch }: BoxRecord): Promise<void> {
    if (!batch) return;
    await insertOnce(ratings, batch);
    await ballots.findOneAndUpdate({ _id, 'batch._id': batch._id }, { $set: { batch: null } });
  }

  async function look(box: BoxRecord, beside: Beside): Promise<void> {
    const now = clock.now();
    const looked = weekOf(now);
    const contents = read(box);
    const { taken, rest } = takeOut(contents, { week: weekAfter(looked, -1), looked, ids });
    const spent = contents.spent.filter(([, since]) => weeksBetween(since, looked) <= tokenWeeks);
    const { themes, counted } = await countWords(box, startOf(looked), beside);
    const opens = taken.groups.length > 0;
    const batch = { ...taken, themes, asked: opens ? await beside.asked(box.opened, now) : 0 };
    const $set = {
      sealed: close({ ...rest, spent }),
      looked,
      counted,
      batch: tells(batch) ? batch : null,
      ...(opens ? { opened: now } : {}),
    };
    const written = await ballots.findOneAndUpdate({ _id, sealed: box.sealed, batch: null }, { $set });
    if (written) await publish(written);
  }

  return {
    add(opinion, { conversation, occasion }) {
      // One after another here; between processes whoever comes second begins again.
      const added = line.then(() => put(opinion, tokens.hash(JSON.stringify([opinion.type, conversation, occasion]))));
      line = added.catch(() => {});
      return added;
    },
    async open(beside) {
      const week = weekOf(clock.now());
      if (week === done) return;
      const box = await record();
      if (box.batch) await publish(box);
      else if (box.looked < week) await look(box, beside);
      else done = week;
    },
  };
}

const tells = ({ groups, comments, thumbs, themes }: BatchRecord): boolean =>
  groups.length + comments.length + thumbs.length + Object.keys(themes).length > 0;

/** What fewer than five have said is counted together with what comes after it. */
async function countWords(box: BoxRecord, to: number, { tally }: Beside) {
  const counted = { ...box.counted };
  const themes: BatchRecord['themes'] = {};
  for (const kind of wordKinds) {
    const found = await tally(kind, counted[kind], to);
    if (found) [themes[kind], counted[kind]] = [found, to];
  }
  return { themes, counted };
}

function withOne(contents: Contents, opinion: Opinion, week: string): Contents {
  const { votes, comments, thumbs } = contents;
  switch (opinion.type) {
    case 'vote':
      return { ...contents, votes: [...votes, { ...opinion.vote, week }] };
    case 'comment':
      return { ...contents, comments: [...comments, opinion.comment] };
    case 'thumb':
      return { ...contents, thumbs: [...thumbs, opinion.thumb] };
    default:
      return opinion satisfies never;
  }
}
