import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { MessageActivity } from '../../../../src/core/activity.js';
import { createLog } from '../../../../src/core/log.js';
import { failureOf, reply, startHarness, type Harness, type HarnessOptions } from './harness.js';
import { eventually } from '../../../fixtures/eventually.js';

let harness: Harness;
let lines: string[];

async function start(options: HarnessOptions = {}): Promise<void> {
  lines = [];
  const log = createLog({ level: 'debug', format: 'json', write: (line) => void lines.push(line) });
  harness = await startHarness({ log, ...options });
}

beforeEach(() => start());
afterEach(() => harness.close());

const send = (more: Partial<MessageActivity> = {}) => failureOf(harness.channel.send(reply('حياك الله', more)));
const received = (): string[] => harness.person.messages.map(({ text }) => text);

describe('what Meta refuses', () => {
  it.each([
    [400, 131047, 'window_closed', false],
    [400, 131026, 'blocked', false],
    [400, 131049, 'blocked', false],
    [400, 131030, 'not_found', false],
    [400, 131056, 'rate_limited', true],
    [400, 130429, 'rate_limited', true],
    [400, 80007, 'rate_limited', true],
    [400, 4, 'rate_limited', true],
    [400, 131048, 'restricted', false],
    [403, 131031, 'restricted', false],
    [403, 368, 'restricted', false],
    [401, 190, 'unauthorised', true],
    [401, 0, 'unauthorised', true],
    [403, 10, 'unauthorised', true],
    [403, 200, 'unauthorised', true],
    [400, 1, 'unavailable', true],
    [503, 2, 'unavailable', true],
    [500, 131000, 'unavailable', true],
    [400, 131051, 'invalid', false],
    [400, 132001, 'invalid', false],
    [400, 100, 'invalid', false],
    [429, 0, 'rate_limited', true],
    [404, 999999, 'invalid', false],
  ] as const)('with status %i and code %i is %s; repeated: %s', async (status, code, kind, retryable) => {
    harness.server.fail('messages', { status, code });
    expect(await send()).toMatchObject({ kind, retryable });
  });

  it('for so many seconds is tried again after them', async () => {
    harness.server.fail('messages', { status: 429, code: 130_429, retryAfter: 7 });
    expect(await send()).toMatchObject({ kind: 'rate_limited', retryAfter: 7000 });
  });

  it('by a page instead of an answer is tried again', async () => {
    harness.server.fail('messages', { status: 502, body: '<html>Bad Gateway</html>' });
    expect(await send()).toMatchObject({ kind: 'unavailable' });
  });
});

it('A store of our own that is away says nothing of Meta', async () => {
  vi.spyOn(harness.mailbox.ports.files, 'open').mockRejectedValue(new Error('the store is away'));
  const attachments = [{ contentType: 'application/pdf', contentUrl: 'wasl-file:f' }];
  expect(await send({ attachments })).toMatchObject({ kind: 'unavailable', retryable: true });
  expect(harness.channel.state().state).toBe('on');
});

describe('when the token has ended', () => {
  const state = () => harness.channel.state();

  it('the channel says so, once in the log, until a message or a look goes well', async () => {
    expect(state().state).toBe('on');
    harness.server.expireToken();
    for (let time = 0; time < 3; time += 1)
      expect(await send()).toMatchObject({ kind: 'unauthorised', retryable: true });
    expect(state()).toMatchObject({ state: 'failing', reason: expect.stringContaining('WHATSAPP_CLOUD_TOKEN') });
    expect(lines.filter((line) => line.includes('cannot send'))).toHaveLength(1);
    harness.server.renewToken();
    await eventually(() => expect(state().state).toBe('on'));
    expect(await send()).toBeUndefined();
  });

  it('at the start, the channel starts, says so, and goes on when it is good again', async () => {
    await harness.close();
    await start();
    harness.server.expireToken();
    await harness.channel.stop();
    await harness.channel.start();
    expect(state().state).toBe('failing');
    harness.server.renewToken();
    await eventually(() => expect(state().state).toBe('on'));
  });

  it.each([
    { status: 400, code: 100 },
    { status: 404, code: 803 },
  ])('a number that Meta does not know is said to be so: %o', async (fault) => {
    await harness.channel.stop();
    harness.server.fail('number', fault, 1_000);
    await harness.channel.start();
    expect(state()).toMatchObject({
      state: 'failing',
      reason: expect.stringContaining('WHATSAPP_CLOUD_PHONE_NUMBER_ID'),
    });
  });

  it('a restricted account stays failing although the number answers', async () => {
    harness.server.fail('messages', { status: 403, code: 131_031 });
    await send();
    const looks = () => harness.server.calls.filter(({ method }) => method === 'number').length;
    const before = looks();
    await eventually(() => expect(looks()).toBeGreaterThan(before + 1));
    expect(state()).toMatchObject({ state: 'failing', reason: expect.stringContaining('restricted') });
    expect(await send()).toBeUndefined();
    expect(state().state).toBe('on');
  });
});

describe('when nobody knows whether a message was sent', () => {
  it('a report that comes meanwhile is taken for the answer, and nothing is said twice', async () => {
    harness.server.fail('messages', { dropAfter: true });
    const failure = await send();
    expect(failure).toMatchObject({ kind: 'unavailable', retryable: true });
    expect(failure?.retryAfter).toBeGreaterThanOrEqual(300);
    await eventually(() => expect(harness.server.pendingCount()).toBe(0));
    expect(await send()).toBeUndefined();
    expect(received()).toEqual(['حياك الله']);
  });

  it('a report that comes while we still wait for the answer counts as well', async () => {
    let breakOff = (): void => undefined;
    harness.server.fail('messages', { after: new Promise((resolve) => (breakOff = resolve)), drop: true });
    const tag = '966501234567 1/1 reply-1';
    const sending = send();
    await eventually(() => expect(harness.server.calls.some(({ method }) => method === 'messages')).toBe(true));
    harness.person.reports('wamid.x', ['sent'], { tag });
    await eventually(() => expect(harness.server.pendingCount()).toBe(0));
    breakOff();
    expect(await sending).toBeUndefined();
  });

  it('without any report it is sent again', async () => {
    harness.server.holdReports();
    harness.server.fail('messages', { dropAfter: true });
    await send();
    expect(await send()).toBeUndefined();
    expect(received()).toEqual(['حياك الله', 'حياك الله']);
  });

  it('a request that never left is tried again soon', async () => {
    await harness.server.close();
    expect((await send())?.retryAfter).toBeUndefined();
  });
});

it('a reply of several messages goes on behind what was taken', async () => {
  const location = { contentType: 'application/vnd.wasl.location', content: { latitude: 1, longitude: 2 } };
  harness.server.fail('messages', {});
  harness.server.fail('messages', { status: 500, code: 131_000 });
  expect(await send({ attachments: [location] })).toMatchObject({ kind: 'unavailable' });
  expect(await send({ attachments: [location] })).toBeUndefined();
  expect(harness.person.messages.map(({ type }) => type)).toEqual(['location', 'text']);
});

describe('the pace', () => {
  let now: number;

  beforeEach(async () => {
    await harness.close();
    now = Date.now();
    await start({ clock: { now: () => now } });
  });

  it('to one person is 45 at once, then one in six seconds; others are not held up', async () => {
    for (let time = 0; time < 45; time += 1) expect(await send({ id: `r${time}` })).toBeUndefined();
    const failure = await send({ id: 'one more' });
    expect(failure).toMatchObject({ kind: 'rate_limited', retryAfter: 6000 });
    expect(await send({ conversation: { id: '966500000002' } })).toBeUndefined();
    now += 6000;
    expect(await send({ id: 'one more' })).toBeUndefined();
  });

  it('rests with a person when Meta asks for it, and with everybody when it is the number', async () => {
    harness.server.fail('messages', { status: 400, code: 131_056 });
    await send();
    const calls = harness.server.calls.length;
    expect((await send())?.retryAfter).toBe(60_000);
    expect(harness.server.calls).toHaveLength(calls);
    expect(await send({ conversation: { id: '966500000002' } })).toBeUndefined();
    harness.server.fail('messages', { status: 400, code: 130_429 });
    await send({ conversation: { id: '966500000003' } });
    expect(await send({ conversation: { id: '966500000004' } })).toMatchObject({ kind: 'rate_limited' });
    now += 61_000;
    expect(await send()).toBeUndefined();
  });
});

describe('outside the 24 hours', () => {
  const day = 24 * 60 * 60 * 1000;
  const notice = (noticeKind: string): Partial<MessageActivity> => ({
    channelData: { notice: true, noticeKind, variables: { reference: 'ASB-7K3Q-9', papers: 'الهوية\nوالدخل' } },
  });
  const templates = {
    accepted: {
      name: 'request_accepted',
      language: { ar: 'ar', en: 'en_US' },
      parameters: ['reference', 'papers', 'reason', 'text'],
    },
    closed: { name: 'request_closed', language: { ar: 'ar', en: 'en' }, parameters: [] },
  };

  beforeEach(async () => {
    await harness.close();
    await start({ templates });
    harness.heardAt.value = harness.clock.now() - day;
    harness.person.isSilentFor(day);
  });

  it('a notice is its template in the language of the person, its places filled', async () => {
    expect(await send(notice('accepted'))).toBeUndefined();
    expect(await send({ ...notice('accepted'), locale: 'en', id: 'r2' })).toBeUndefined();
    expect(await send({ ...notice('closed'), id: 'r3' })).toBeUndefined();
    expect(harness.person.messages.map(({ template }) => template)).toEqual([
      { name: 'request_accepted', language: 'ar', parameters: ['ASB-7K3Q-9', 'الهوية والدخل', '-', 'حياك الله'] },
      { name: 'request_accepted', language: 'en_US', parameters: ['ASB-7K3Q-9', 'الهوية والدخل', '-', 'حياك الله'] },
      { name: 'request_closed', language: 'ar', parameters: [] },
    ]);
  });

  it('a notice without one, and a word of staff, are not even tried', async () => {
    const calls = harness.server.calls.length;
    for (const more of [notice('rejected'), notice('constructor'), { role: 'staff' as const }])
      expect(await send(more)).toMatchObject({ kind: 'window_closed', retryable: false });
    expect(harness.server.calls).toHaveLength(calls);
  });

  it('Meta has the last word: what it does not take freely is sent as the template', async () => {
    harness.heardAt.value = harness.clock.now();
    expect(await send(notice('accepted'))).toBeUndefined();
    expect(harness.person.messages.map(({ type }) => type)).toEqual(['template']);
    expect(await send({ ...notice('rejected'), id: 'r2' })).toMatchObject({ kind: 'window_closed' });
  });

  it('a notice of several messages that was cut short within them is its template', async () => {
    harness.heardAt.value = harness.clock.now();
    harness.person.isSilentFor(0);
    const location = { contentType: 'application/vnd.wasl.location', content: { latitude: 1, longitude: 2 } };
    const said = { ...notice('accepted'), attachments: [location] };
    harness.server.fail('messages', {});
    harness.server.fail('messages', { status: 500, code: 131_000 });
    expect(await send(said)).toMatchObject({ kind: 'unavailable' });
    harness.heardAt.value = harness.clock.now() - day;
    harness.person.isSilentFor(day);
    expect(await send(said)).toBeUndefined();
    expect(harness.person.messages.map(({ type }) => type)).toEqual(['location', 'template']);
  });

  it('within them a notice is said as it is', async () => {
    harness.heardAt.value = harness.clock.now() - day + 60_000;
    harness.person.isSilentFor(day - 60_000);
    expect(await send(notice('accepted'))).toBeUndefined();
    expect(received()).toEqual(['حياك الله']);
  });
});

describe('reports', () => {
  const report = async (statuses: string[], more: { errors?: { code: number }[]; tag?: string } = {}) => {
    harness.person.reports('wamid.x', statuses, { tag: '966501234567 1/1 reply-1', ...more });
    await eventually(() => expect(harness.server.pendingCount()).toBe(0));
    return harness.reports.map(({ delivery }) => delivery);
  };

  it('of a message that was delivered and read are passed on', async () => {
    expect(await report(['sent', 'delivered', 'read', 'deleted'])).toEqual([
      { status: 'delivered' },
      { status: 'read' },
    ]);
    expect(harness.reports[0]).toMatchObject({ conversation: { id: '966501234567' }, activityId: 'reply-1' });
  });

  it.each([
    [131_026, 'blocked'],
    [131_047, 'window_closed'],
    [131_053, 'invalid'],
    [131_000, 'unavailable'],
    [131_016, 'unavailable'],
    [130_429, 'rate_limited'],
  ] as const)('of a failure with code %i say that it is %s', async (code, kind) => {
    expect(await report(['failed'], { errors: [{ code }] })).toEqual([{ status: 'failed', kind }]);
  });

  it('of the first of two messages say nothing yet, unless it failed', async () => {
    expect(await report(['delivered', 'read'], { tag: '966501234567 1/2 reply-1' })).toEqual([]);
    expect(await report(['failed'], { tag: '966501234567 1/2 reply-1' })).toHaveLength(1);
    expect(harness.reports[0]?.delivery).toMatchObject({ status: 'failed', partly: true });
    await report(['failed'], { tag: '966501234567 2/2 reply-1' });
    expect(harness.reports[1]?.delivery).not.toHaveProperty('partly');
  });

  it('about what is not ours are taken and left alone', async () => {
    expect(await report(['delivered'], { tag: 'some other program' })).toEqual([]);
  });

  it('that come too early come again', async () => {
    harness.reportAnswers.push('too_early', 'unknown');
    expect(await report(['delivered'])).toHaveLength(2);
  });
});
