import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { silentLog } from '../../src/core/log.js';
import { createChance } from '../../src/demo/chance.js';
import { createPeople } from '../../src/demo/people.js';
import { reportLines, reportOf, type Report } from '../../src/demo/report.js';
import { tellStory } from '../../src/demo/story.js';
import type { World } from '../../src/demo/world.js';
import { readPhone } from '../../src/language/phone.js';
import { readSaudiId } from '../../src/language/saudi-id.js';
import type { EncounterRecord } from '../../src/people/encounters.js';
import type { AppointmentRecord } from '../../src/appointments/record.js';
import type { GapRecord } from '../../src/mailbox/effects.js';
import type { MessageRecord } from '../../src/mailbox/record.js';
import { checkMove, statuses, type Mover } from '../../src/requests/lifecycle.js';
import type { RequestRecord } from '../../src/requests/record.js';
import type { SittingRecord } from '../../src/requests/sitting-record.js';
import { deskStatuses, type Desk } from '../../src/takeover/desk.js';
import { testConfig } from '../fixtures/app.js';
import { readOnce, root } from '../fixtures/assets.js';

/** A Wednesday, at noon in Riyadh. */
const now = Date.parse('2026-11-25T09:00:00Z');
const day = 24 * 60 * 60 * 1000;

interface Told {
  requests: RequestRecord[];
  sittings: SittingRecord[];
  messages: MessageRecord[];
  gaps: GapRecord[];
  encounters: EncounterRecord[];
  waiting: number;
  /** Bytes of the papers' contents. */
  contents: number[];
  desk: Desk[];
  interviews: AppointmentRecord[];
  report: Report;
  roles: Map<string, readonly Mover[]>;
}

async function look(world: World): Promise<Told> {
  const { core, committee, staff } = world;
  const { store } = core.opened;
  const requests = await committee.requests.find({ submittedAt: { $gt: 0 } }, { sort: { submittedAt: 1 } });
  const messages = await Promise.all(requests.map(({ conversation }) => core.transcript.read(conversation, 0, 1000)));
  return {
    requests,
    sittings: await committee.sittings.find({ number: { $gte: 1 } }, { sort: { number: 1 } }),
    messages: messages.flat(),
    gaps: await store.collection<GapRecord>('gaps').find({ at: { $gt: 0 } }),
    encounters: await core.support.encounters.records.find({ at: { $gt: 0 } }, { sort: { at: 1 } }),
    waiting: await store.collection('conversations').count({ due: { $gt: 0 } }),
    contents: await Promise.all(requests.flatMap(({ documents }) => documents).map(({ id }) => sizeOf(world, id))),
    desk: (
      await core.takeover.context.conversations.find({
        'desk.status': { $in: [...deskStatuses] },
        'desk.since': { $gt: 0 },
      })
    ).flatMap(({ desk }) => desk ?? []),
    interviews: await core.support.appointments.appointments.find({ start: { $gt: 0 } }),
    report: await reportOf(world),
    roles: new Map(staff.accounts.map(({ _id, roles }) => [_id, roles])),
  };
}

async function sizeOf({ core }: World, id: string): Promise<number> {
  let size = 0;
  for await (const chunk of (await core.opened.blobs.open(id)) ?? []) size += chunk.length;
  return size;
}

type Place = ReturnType<typeof testConfig>;
const places: Place[] = [];

function emptyPlace(environment?: NodeJS.ProcessEnv): Place {
  const place = testConfig(environment);
  places.push(place);
  return place;
}

/** Telling it again shows nothing about the store. */
const onEmbeddedStore = { MONGODB_URI: undefined };

function tell(own: { seed?: number; now?: number; place?: Place } = {}) {
  const { config } = own.place ?? emptyPlace(onEmbeddedStore);
  const story = { config, root, assets: readOnce(config), log: silentLog, seed: 1, people: 30, now, ...own };
  return tellStory({ ...story, onFatal: () => {} }, look);
}

afterAll(() => Promise.all(places.map(({ destroy }) => destroy())));

const outline = ({ requests, sittings }: Told) => [
  requests.map(({ reference, status, events }) => [reference, status, events.map(({ type, at }) => [type, at])]),
  sittings.map(({ date, status, agenda, decisions }) => [date, status, agenda, decisions.map(({ reason }) => reason)]),
];

describe('the demonstration', () => {
  let told: Told;
  const place = emptyPlace();

  beforeAll(async () => {
    told = await tell({ place });
  }, 300_000);

  it('has requests in every status', () => {
    const there = new Set(told.requests.map(({ status }) => status));
    expect(statuses.filter((status) => !there.has(status))).toEqual([]);
  });

  it('keeps to the rules of the lifecycle, in the order of time', () => {
    const moversOf = (by: string): readonly Mover[] =>
      by === 'applicant' || by === 'system' ? [by] : (told.roles.get(by) ?? []);
    for (const { events } of told.requests) {
      const moves = events.flatMap(({ from, to, by, reason = '' }) => (from && to ? [{ from, to, by, reason }] : []));
      expect(moves.map(({ from }) => from)).toEqual(['submitted', ...moves.map(({ to }) => to)].slice(0, moves.length));
      const checks = moves.map(({ from, to, by, reason }) => checkMove(from, to, { by: moversOf(by), reason }).type);
      expect(checks).toEqual(moves.map(() => 'allowed'));
      const times = events.map(({ at }) => at);
      expect([...times, now]).toEqual([...times, now].toSorted((a, b) => a - b));
    }
  });

  it('tells no outcome before its day, but the one that was allowed to', () => {
    const early = told.requests.filter(({ events, submittedAt }) =>
      events.some(({ to, at }) => (to === 'accepted' || to === 'rejected') && at < submittedAt + 14 * day),
    );
    expect(early.map(({ events }) => events.filter(({ type }) => type === 'overridden').length)).toEqual([1]);
    expect(told.requests.filter(({ pending }) => pending).length).toBeGreaterThan(0);
  });

  it('has sittings that are released, one that waits for it, and one with an agenda only', () => {
    const rest = told.sittings.map(({ status }) => status).filter((status) => status !== 'released');
    expect(rest).toEqual(['closed', 'open']);
    expect(told.sittings.some(({ recusals }) => recusals.length > 0)).toBe(true);
    expect(told.sittings.some(({ members }) => members.some(({ present }) => !present))).toBe(true);
    const kinds = told.sittings.flatMap(({ decisions }) => decisions.map(({ decision }) => decision));
    expect(new Set(kinds)).toEqual(new Set(['accept', 'reject', 'defer']));
    expect(told.sittings.every(({ closedBy, releasedBy }) => closedBy === null || closedBy !== releasedBy)).toBe(true);
  });

  it('has chats with answers, questions without one, and nothing that is still to be said', () => {
    const roles = told.messages.map(({ activity }) => activity.role);
    expect(roles.filter((role) => role === 'user').length).toBeGreaterThan(100);
    expect(roles.filter((role) => role === 'bot').length).toBeGreaterThan(100);
    expect(told.gaps.length).toBeGreaterThan(0);
    expect(told.waiting).toBe(0);
  });

  it('has visits and calls of people, by the doors that the organisation has, written down by its staff', () => {
    expect(told.encounters.length).toBeGreaterThan(3);
    expect(new Set(told.encounters.map(({ kind }) => kind))).toEqual(new Set(['visit', 'phone']));
    for (const { by, at, text } of told.encounters) {
      expect(told.roles.get(by)).toContain('officer');
      expect(at).toBeLessThanOrEqual(now);
      expect(text).toMatch(/^s1\./);
    }
  });

  it('has papers with contents, accepted and sent back', () => {
    const papers = told.requests.flatMap(({ documents }) => documents);
    expect(told.contents).toEqual(papers.map(({ size }) => size));
    expect(Math.min(...told.contents)).toBeGreaterThan(100);
    expect(new Set(papers.map(({ check }) => check?.verdict))).toEqual(new Set(['accepted', 'rejected', undefined]));
    expect(new Set(papers.map(({ contentType }) => contentType))).toEqual(new Set(['image/png', 'application/pdf']));
  });

  it('has conversations that wait, that somebody has, and that were given back', () => {
    expect(told.desk.filter(({ status }) => status === 'waiting').length).toBeGreaterThan(0);
    expect(told.desk.filter(({ status }) => status === 'closed').length).toBeGreaterThan(0);
    expect(told.messages.filter(({ activity }) => activity.role === 'staff').length).toBeGreaterThan(0);
  });

  it('has interviews that are over and some to come', () => {
    const kinds = new Set(told.interviews.map(({ status }) => status));
    expect([...kinds]).toEqual(expect.arrayContaining(['booked', 'came']));
    expect(told.interviews.filter(({ status, start }) => status === 'booked' && start < now - day)).toEqual([]);
  });

  it('tells the operator how to sign in and what to look at', () => {
    const lines = reportLines(told.report).join('\n');
    expect(lines).toContain(told.report.password);
    expect(lines).toContain('huda@example.org');
    for (const { reference } of told.report.requests) expect(lines).toContain(reference);
  });

  it('is refused where there is data, and changes nothing', async () => {
    await expect(tell({ place, seed: 2 })).rejects.toMatchObject({
      code: 'config_invalid',
      message: expect.stringContaining('there is data; nothing was changed') as string,
    });
  });

  it('is the same story from the same seed', async () => {
    expect(outline(await tell())).toEqual(outline(told));
  }, 300_000);
});

it('can also be told from another seed, early on a Thursday', async () => {
  const { requests } = await tell({ seed: 2, now: Date.parse('2026-11-26T03:00:00Z') });
  expect(new Set(requests.map(({ status }) => status)).size).toBe(statuses.length);
}, 300_000);

describe('the people', () => {
  it('have numbers that pass every check and were never given out', () => {
    const people = createPeople(300, createChance('1'));
    for (const { nationalId, mobile } of people) {
      expect(readSaudiId(nationalId)).toEqual({ type: 'id', id: nationalId });
      expect(readPhone(mobile)).toEqual({ type: 'mobile', phone: mobile });
    }
    expect(new Set(people.map(({ nationalId }) => nationalId)).size).toBe(people.length);
    const arabic = people.filter(({ locale }) => locale === 'ar').length;
    expect(arabic / people.length).toBeGreaterThan(0.78);
    expect(new Set(people.map(({ name }) => name)).size).toBeGreaterThan(200);
  });
});
