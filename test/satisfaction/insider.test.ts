import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { derivedId } from '../../src/core/ids.js';
import { createChance, type Chance } from '../../src/demo/chance.js';
import type { ConversationRecord, MessageRecord } from '../../src/mailbox/record.js';
import type { BatchRecord } from '../../src/satisfaction/batch.js';
import {
  answers,
  day,
  live,
  openTown,
  readEverything,
  townspeople,
  typed,
  type Dump,
  type Town,
  type Townsman,
} from './town.js';

/**
 * The curious insider: reads every collection in the order of the file, knows everybody by name, whom was asked, when
 * and about what. Each attack guesses what people have voted; it has won when it does better than the same guesses do
 * after the votes were dealt anew among people of the same service (which alone has to do with the votes, and is no
 * secret). `luck` is the share of five hundred such deals that do as well: below 0.01 it is no luck any more.
 */
const deals = 500;
const noLuck = 0.01;

const days = 63;
const count = 360;

let town: Town;
let people: Townsman[];
let dump: Dump;
let batches: BatchRecord[];
let voters: Voter[];
let others: number[][];

interface Voter extends Townsman {
  score: number;
  lines: MessageRecord[];
  /** When they voted; milliseconds. */
  at: number;
}

beforeAll(async () => {
  town = await openTown('insider');
  people = townspeople(count, days - 7, createChance('insiders'));
  await live(town, people, days);
  await town.stop();
  dump = await readEverything(town.config);
  batches = (dump.get('ratings') ?? []) as unknown as BatchRecord[];
  const messages = (dump.get('messages') ?? []) as unknown as MessageRecord[];
  voters = people.flatMap((person) => {
    const { score } = person;
    if (score === undefined) return [];
    const lines = messages
      .filter(({ conversation }) => conversation === person.key)
      .toSorted((a, b) => a.sequence - b.sequence);
    const vote = lines.find(({ activity }) => activity.role === 'user' && activity.type === 'message');
    return [{ ...person, score, lines, at: vote?.at ?? 0 }];
  });
  const chance = createChance('deals');
  others = Array.from({ length: deals }, () => dealt(chance));
}, 300_000);

afterAll(() => town.remove());

/** How often these guesses, one for each voter, do as well when the votes are dealt anew. */
function luck(guesses: readonly (number | undefined)[]): number {
  const hits = (scores: readonly number[]): number => scores.filter((score, place) => score === guesses[place]).length;
  const own = hits(voters.map(({ score }) => score));
  return others.filter((scores) => hits(scores) >= own).length / deals;
}

function dealt(chance: Chance): number[] {
  const hands = new Map<string | null, number[]>();
  for (const { service, score } of voters) hands.set(service, [...(hands.get(service) ?? []), score]);
  const mixed = new Map([...hands].map(([service, hand]) => [service, chance.shuffled(hand)]));
  return voters.map(({ service }) => mixed.get(service)!.pop()!);
}

/** Learns from half of the voters what a sign means, and guesses the other half by it. */
function guessBy(sign: (voter: Voter) => string): (number | undefined)[] {
  const learned = new Map<string, number[]>();
  for (const voter of voters.filter((_, place) => place % 2 === 0)) {
    learned.set(sign(voter), [...(learned.get(sign(voter)) ?? []), voter.score]);
  }
  return voters.map((voter, place) => (place % 2 === 0 ? undefined : mostFrequent(learned.get(sign(voter)) ?? [])));
}

const mostFrequent = (scores: readonly number[]): number | undefined =>
  [1, 2, 3, 4, 5]
    .toSorted((a, b) => frequency(scores, b) - frequency(scores, a))
    .find((score) => scores.includes(score));
const frequency = (scores: readonly number[], score: number): number => scores.filter((one) => one === score).length;

/** The published votes as they stand in the file, one for each. */
const published = (): number[] =>
  batches.flatMap(({ groups }) =>
    groups.flatMap(({ counts }) => counts.flatMap((times, step) => Array.from({ length: times }, () => step + 1))),
  );

/** Everything of a person that is not a name of theirs, a time or an id. */
const bare = (text: string, { key, number, address }: Townsman): string =>
  text
    .replaceAll(key, 'KEY')
    .replaceAll(`served-${number}`, 'OCCASION')
    .replaceAll(new RegExp(`${address.conversation.id}(-\\d+(\\.\\d)?)?`, 'g'), 'ID')
    .replaceAll(`شخص ${number}`, 'NAME')
    .replaceAll(/"id":"[\w-]{22}"|[\w-]{22}(\.\d)?"/g, '"')
    .replaceAll(/"(replyToId|_id|timestamp)":"[^"]*"/g, '')
    .replaceAll(/"(at|askedAt|until|since|activeAt|due)":\d+/g, '');

describe('The insider, with everything before them,', () => {
  it('has a whole town to look at', () => {
    expect(voters.length).toBeGreaterThan(250);
    expect(published().length).toBeGreaterThan(200);
    expect(batches.length).toBeGreaterThan(5);
  });

  it('would win if a single word of an answer were left, so that the attacks can be trusted', () => {
    expect(luck(voters.map(({ score, number }) => (number % 7 === 0 ? score : 3)))).toBeLessThan(noLuck);
    expect(luck(guessBy(({ score, way }) => `${way}${'x'.repeat(score)}`))).toBe(0);
  });

  it('finds nothing in the transcripts: neither words nor lengths, neither what the bot said then nor how long it took', () => {
    const said = ({ lines }: Voter) => lines.flatMap(({ activity }) => (activity.type === 'message' ? [activity] : []));
    const own = voters.flatMap((voter) => said(voter).filter(({ role }) => role === 'user'));
    expect(new Set(own.flatMap(({ text, value }) => [text ?? '', value ?? '']))).toEqual(new Set(['••••', '']));
    const signs: ((voter: Voter) => string)[] = [
      (voter) =>
        said(voter)
          .map(({ text }) => text)
          .join('\n'),
      (voter) => String(said(voter).length),
      (voter) =>
        said(voter)
          .map(({ value }) => typeof value)
          .join(),
      (voter) => bare(JSON.stringify(voter.lines), voter),
      ({ lines }) => String(Math.round(((lines.at(-1)?.at ?? 0) - (lines.at(-3)?.at ?? 0)) / 1000)),
      ({ at }) => String(at % 10),
    ];
    for (const sign of signs) expect(luck(guessBy(sign))).toBeGreaterThan(noLuck);
  });

  it('finds nothing in the documents that name somebody, wherever they lie', () => {
    for (const [name, documents] of dump) {
      const texts = documents.map((document) => JSON.stringify(document));
      const naming = new Map(
        voters.map((voter) => {
          const own = texts.filter(
            (text) => text.includes(`"${voter.key}"`) || text.includes(`served-${voter.number}"`),
          );
          return [voter.number, own.map((text) => bare(text, voter)).join('\n')];
        }),
      );
      expect(luck(guessBy(({ number }) => naming.get(number)!)), name).toBeGreaterThan(noLuck);
      expect(luck(guessBy(({ number }) => String(naming.get(number)!.length))), name).toBeGreaterThan(noLuck);
    }
  });

  it('finds nobody in what was published, and nothing published in what names somebody', () => {
    const opinions = JSON.stringify([dump.get('ratings'), dump.get('ballots')]);
    const ids = [...dump].flatMap(([name, documents]) =>
      name === 'ratings' || name === 'ballots' ? [] : documents.map(({ _id }) => String(_id)),
    );
    const known = [
      ...ids,
      ...people.flatMap(({ key, number, address }) => [key, address.conversation.id, `served-${number}`]),
    ];
    const forms = known.flatMap((id) => [
      id,
      derivedId(id),
      ...(['hex', 'base64', 'base64url'] as const).map((form) => createHash('sha256').update(id).digest(form)),
    ]);
    expect(forms.filter((form) => form.length > 8 && opinions.includes(form))).toEqual([]);
    for (const name of ['tasks', 'gaps', 'submissions', 'audit', 'requests', 'drafts'])
      expect(dump.get(name)).toEqual([]);
  });

  it('does no better by order: of time, of names, of ids, forwards or backwards', () => {
    const orders: ((voter: Voter) => string | number)[] = [
      ({ at }) => at,
      ({ key }) => key,
      ({ number }) => number,
      ({ lines }) => lines[0]?._id ?? '',
      ({ address }) => address.conversation.id,
    ];
    for (const list of [published(), published().toReversed()]) {
      for (const order of orders) {
        const rank = voters
          .map((voter, place) => ({ place, by: order(voter) }))
          .toSorted((a, b) => (a.by < b.by ? -1 : 1));
        const guesses: (number | undefined)[] = [];
        for (const [at, { place }] of rank.entries()) guesses[place] = list[at];
        expect(luck(guesses)).toBeGreaterThan(noLuck);
      }
    }
  });

  it('never reads of fewer than five, and of who is known to be among them guesses no better than any reader', () => {
    const groups = batches.flatMap((batch) => batch.groups);
    const sizes = groups.map(({ counts }) => counts.reduce((sum, times) => sum + times, 0));
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(5);
    const best = groups.reduce((sum, { counts }) => sum + Math.max(...counts), 0) / published().length;
    // Of all groups that somebody may be in, the one that fits most closely.
    const guesses = voters.map((voter) => {
      const labels = {
        ...voter,
        service: voter.service ?? 'none',
        language: voter.locale,
        channel: voter.address.channelId,
      };
      const fitting = groups.filter((group) =>
        (['stage', 'service', 'language', 'channel'] as const).every(
          (one) => group.labels[one] === null || group.labels[one] === labels[one],
        ),
      );
      const closeness = (group: (typeof groups)[number]) =>
        Object.values(group.labels).filter((label) => label !== null).length;
      const closest = fitting.toSorted((a, b) => closeness(b) - closeness(a))[0];
      return closest ? closest.counts.indexOf(Math.max(...closest.counts)) + 1 : undefined;
    });
    const right = voters.filter(({ score }, place) => score === guesses[place]).length / voters.length;
    expect(right).toBeLessThanOrEqual(best + 0.05);
  });

  it('does no better with comments: neither by their order nor by the votes beside them', () => {
    const comments = batches.flatMap((batch) => batch.comments);
    expect(comments.length).toBeGreaterThan(80);
    const writers = voters.filter(({ comment }) => comment !== undefined).toSorted((a, b) => a.at - b.at);
    const inTime = new Map(writers.map(({ comment }, place) => [comment, place]));
    const places = comments.map((comment) => inTime.get(comment) ?? -1);
    expect(places).not.toContain(-1);
    // By chance one of each batch stands where time would put it.
    let from = 0;
    let hits = 0;
    for (const batch of batches) {
      const own = places.slice(from, (from += batch.comments.length));
      const sorted = own.toSorted((a, b) => a - b);
      hits += own.filter((place, at) => place === sorted[at]).length;
    }
    const read = batches.filter((batch) => batch.comments.length > 0);
    expect(hits).toBeLessThanOrEqual(read.length + 3 * Math.sqrt(read.length));
    expect(Math.min(...read.map((batch) => batch.comments.length))).toBeGreaterThanOrEqual(5);
  });

  it('never reads comments in a language that fewer than five of them were written in', () => {
    const english = batches.map((batch) => batch.comments.filter((comment) => /[a-z]/.test(comment)).length);
    expect(Math.max(...english)).toBeGreaterThanOrEqual(5);
    expect(english.filter((times) => times > 0 && times < 5)).toEqual([]);
  });

  it('finds nothing in the log, in its fullest detail', () => {
    expect(town.lines.filter((line) => /survey|rating|score|comment|thumb|ballot|vote|•/i.test(line))).toEqual([]);
    const naming = (voter: Voter) => town.lines.filter((line) => line.includes(voter.address.conversation.id)).length;
    expect(luck(guessBy((voter) => String(naming(voter))))).toBeGreaterThan(noLuck);
  });

  it('sees of the box nothing but that it is there', () => {
    const [box] = dump.get('ballots') ?? [];
    expect(Object.keys(box ?? {}).toSorted()).toEqual(['_id', 'batch', 'counted', 'looked', 'opened', 'sealed']);
    expect(box?.['batch']).toBeNull();
  });
});

describe('The insider who looks again at every moment', () => {
  it('sees messages that wait sealed, all as long, and no word of them anywhere', async () => {
    const watched = await openTown('watched');
    const some = townspeople(25, 1, createChance('watched')).map((one) => ({ ...one, score: 1 + (one.number % 5) }));
    for (const person of some) await watched.arrives(person);
    for (const person of some) await watched.ask(person);
    watched.time.now += 4 * day;
    await watched.beat();
    const waiting: string[] = [];
    const readable: string[] = [];
    for (const person of some) {
      const faces = [1, 2, 3, 4, 5].map((step) => `survey:served-${person.number}:${step}`);
      await answers(watched, person, async () => {
        const record = await watched.store.collection<ConversationRecord>('conversations').findOne({ _id: person.key });
        waiting.push(...(record?.inbox ?? []).map(({ sealed }) => sealed));
        const everything = await watched.bytes();
        const counts = faces.map((face) => countOf(everything, Buffer.from(face)));
        // The faces that were offered lie in many places, each as often as the others.
        if (new Set(counts).size > 1) readable.push(`pressed by ${person.number}: ${counts.join()}`);
        const words = [...typed.ar, ...typed.en, person.comment ?? 'no comment'];
        readable.push(...words.filter((word) => everything.includes(Buffer.from(`"${word}"`))));
      });
    }
    await watched.close();
    expect(readable).toEqual([]);
    expect(waiting.length).toBeGreaterThan(5);
    expect(new Set(waiting.map(({ length }) => length)).size).toBe(1);
  }, 300_000);
});

function countOf(bytes: Buffer, wanted: Buffer): number {
  let times = 0;
  for (let at = bytes.indexOf(wanted); at >= 0; at = bytes.indexOf(wanted, at + 1)) times += 1;
  return times;
}
