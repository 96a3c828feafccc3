import ICAL from 'ical.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { shiftedClock } from '../../src/core/clock.js';
import { startApp, type TestApp } from '../fixtures/app.js';
import { untilEvening } from '../fixtures/evening.js';
import { startTelegramServer, type TelegramPerson, type TelegramServer } from '../fixtures/telegram-server/server.mjs';
import { adminEnvironment, signedIn, type StaffClient } from '../fixtures/staff.js';
import { until } from '../fixtures/eventually.js';
import { visit, type ChatActivity, type Visitor } from '../fixtures/visitor.js';

const token = '110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw';
const words = ['ابي احجز موعد', 'نعم', 'نورة سالم العنزي', '0500000000', 'أوراقي الناقصة'];

let telegram: TelegramServer;
let app: TestApp;
let officer: StaffClient;

beforeAll(async () => {
  telegram = await startTelegramServer({ token });
  const environment = { TELEGRAM_BOT_TOKEN: token, TELEGRAM_API_ROOT: telegram.apiRoot };
  app = await startApp(
    { ...adminEnvironment, ...environment, QUIET_HOURS: 'none', QUIET_FRIDAY: 'none' },
    { clock: shiftedClock(untilEvening()), beatMs: 50 },
  );
  officer = await signedIn(app.base, ['officer']);
});

afterAll(async () => {
  await app.close();
  await telegram.close();
});

/** What a calendar makes of it. */
function opened(ics: string) {
  const component = new ICAL.Component(ICAL.parse(ics)).getFirstSubcomponent('vevent');
  if (!component) throw new Error('there is no event in it');
  const { uid, sequence, startDate, summary } = new ICAL.Event(component);
  const status = String(component.getFirstPropertyValue('status'));
  return { uid, sequence, summary, status, start: startDate.toJSDate().toISOString() };
}

const booked = async (channel: string) =>
  until(async () => {
    const { body } = await officer('/appointments?status=booked');
    return body.items.find((item: { channel: string }) => item.channel === channel);
  });

describe('the calendar file of an interview that is booked', () => {
  it('is offered on web chat by a link that opens, in the confirmation and when staff call it off', async () => {
    const visitor = await visit(app.base);
    await visitor.arrives();
    for (const text of words) await visitor.replies(await visitor.post({ type: 'message', text }));
    await visitor.post({ type: 'message', text: '1' });
    const confirmed = await confirmation(visitor, 'تم حجز موعد مقابلتك');
    const { id, start } = await booked('webchat');
    const file = await fetch(linkIn(confirmed));
    expect(file.headers.get('content-type')).toBe('text/calendar; charset=utf-8');
    expect(file.headers.get('content-disposition')).toMatch(/^attachment; .*interview\.ics/);
    const event = opened(await file.text());
    expect(event).toMatchObject({ status: 'CONFIRMED', sequence: 0, start, summary: 'مقابلة في عسيب' });
    expect((await officer(`/appointments/${id}/cancel`, { body: { reason: 'الباحث في إجازة' } })).status).toBe(200);
    const off = await confirmation(visitor, 'السبب: الباحث في إجازة');
    const cancelled = opened(await (await fetch(linkIn(off))).text());
    expect(cancelled).toMatchObject({ uid: event.uid, status: 'CANCELLED', sequence: 1 });
  });

  it('comes as a document on Telegram, in the confirmation and when the person cancels', async () => {
    const person = telegram.user(501_777_001);
    person.says('/start');
    await person.waitForReply();
    for (const text of words) await afterSaying(person, text);
    await afterSaying(person, '2');
    const first = await document(person, 1);
    const { start } = await booked('telegram');
    expect(first).toMatchObject({ name: 'interview.ics', event: { status: 'CONFIRMED', sequence: 0, start } });
    await afterSaying(person, 'الغوا الموعد');
    await afterSaying(person, 'نعم');
    const second = await document(person, 2);
    expect(second.event).toMatchObject({ uid: first.event.uid, status: 'CANCELLED', sequence: 1 });
    const said = person.messages.map(({ text }) => text ?? '').join('\n');
    expect(said).toContain('تم حجز موعد مقابلتك');
    expect(said).toContain('ألغينا موعد مقابلتك');
  });
});

const confirmation = (visitor: Visitor, text: string): Promise<ChatActivity> =>
  until(async () => (await visitor.history()).find((activity) => activity.text?.includes(text)));

const linkIn = ({ attachments }: ChatActivity): string =>
  (attachments?.[0] as { contentUrl?: string } | undefined)?.contentUrl ?? '';

async function afterSaying(person: TelegramPerson, text: string): Promise<void> {
  const before = person.messages.length;
  person.says(text);
  await until(() => person.messages.length > before);
}

/** The document that the person got as the `number`th, and what a calendar makes of it. */
async function document(person: TelegramPerson, number: number) {
  const file = await until(() => person.messages.flatMap(({ document: one }) => one ?? [])[number - 1]);
  const response = await fetch(`${telegram.apiRoot}/file/bot${token}/documents/${file.file_id}`);
  return { name: file.file_name, event: opened(await response.text()) };
}
