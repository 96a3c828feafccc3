import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { MessageRecord } from '../../src/mailbox/record.js';
import { openStore } from '../../src/store/open.js';
import { eventually } from '../fixtures/eventually.js';
import { startApp, type TestApp } from '../fixtures/app.js';
import { admin, adminEnvironment, signIn, type StaffClient } from '../fixtures/staff.js';
import { startTelegramServer, type TelegramPerson, type TelegramServer } from '../fixtures/telegram-server/server.mjs';
import { visit, type Visitor } from '../fixtures/visitor.js';
import { fillIn, heard } from '../stories/filling.js';

const token = '110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw';

let telegram: TelegramServer;
let app: TestApp;
let staff: StaffClient;

beforeAll(async () => void (telegram = await startTelegramServer({ token })));
afterAll(() => telegram.close());

// Each test has an association of its own: the same people come to it.
beforeEach(async () => {
  const environment = { ...adminEnvironment, QUIET_HOURS: 'none', QUIET_FRIDAY: 'none' };
  app = await startApp(
    { ...environment, TELEGRAM_BOT_TOKEN: token, TELEGRAM_API_ROOT: telegram.apiRoot },
    { beatMs: 50 },
  );
  staff = await signIn(app.base, admin);
});
afterEach(() => app.close());

const textOf = (person: TelegramPerson): string => person.messages.map(({ text }) => text ?? '').join('\n');

const hears = (person: TelegramPerson, words: string): Promise<void> =>
  eventually(() => expect(textOf(person)).toContain(words));

/** Applies on the web page; resolves to the reference. */
async function applies(visitor: Visitor): Promise<string> {
  await visitor.arrives();
  await visitor.post({ type: 'message', value: 'start:support-request' });
  await fillIn(visitor);
  return /[A-Z]{3}-\w{4}-\w/.exec(await heard(visitor, 'ورقمه'))?.[0] ?? '';
}

/** What is said and heard when somebody links the chat, in both languages. */
const words = {
  ar: {
    begin: 'ابي اربط هذه المحادثه بطلبي',
    asked: 'اكتب رقم طلبك',
    promised: 'إن كان الرقم صحيحًا',
    enter: 'أكتب الرمز',
    typeIt: 'اكتب الرمز الذي وصلك',
    done: 'تم الربط',
    status: 'وين طلبي',
    unlink: 'افصل المحادثه الثانيه',
    which: 'أي محادثة نفصل',
    others: 'المحادثات الأخرى',
    undone: 'إلا هذه المحادثة',
    move: 'عند الموظف الآن',
  },
  en: {
    begin: 'link this chat to my request',
    asked: 'the number of your request',
    promised: 'If the number is right',
    enter: 'Enter the code',
    typeIt: 'write the code that came',
    done: 'this chat is linked',
    status: 'status',
    unlink: 'unlink the other chats',
    which: 'Which chat shall we unlink',
    others: 'All other chats',
    undone: 'Only this chat is linked',
    move: 'عند الموظف الآن',
  },
} as const;

describe.each(['ar', 'en'] as const)('one person on the web and in two Telegram chats, in %s', (locale) => {
  it('begins on the web, goes on from Telegram by the code, and from another phone by the number; all on one record', async () => {
    const say = words[locale];
    const number = locale === 'ar' ? 1 : 2;
    const visitor = await visit(app.base);
    const reference = await applies(visitor);
    const phone = telegram.user(700_000 + number);
    phone.says('/start');
    if (locale === 'en') phone.says('English');
    phone.says(say.begin);
    await hears(phone, say.asked);
    phone.says(reference);
    await hears(phone, say.promised);
    const code =
      /\d{6}/.exec((await heard(visitor, 'أن يربط محادثة في تيليجرام')).split('أن يربط').at(-1) ?? '')?.[0] ?? '';
    phone.presses(say.enter);
    await hears(phone, say.typeIt);
    phone.says(code);
    await hears(phone, say.done);
    await heard(visitor, 'رُبطت الآن محادثة في تيليجرام');
    phone.says(say.status);
    await hears(phone, reference);

    const tablet = telegram.user(710_000 + number);
    tablet.says('/start');
    await hears(tablet, 'حياك الله');
    tablet.sharesContact({ phone_number: '966500000000' });
    await hears(tablet, 'تم الربط');
    const { body: found } = await staff(`/requests/${reference}`);
    const { body: person } = await staff(`/beneficiaries/${found.beneficiary}`);
    expect(person.chats.map(({ proof }: { proof: string }) => proof)).toEqual(['applied', 'code', 'shared_contact']);
    expect(person.requests).toHaveLength(1);

    // News goes where they wrote last, and to the other chat when that one has blocked us.
    tablet.says('وين طلبي');
    await hears(tablet, reference);
    await staff(`/requests/${reference}/moves`, { body: { to: 'verification' } });
    await hears(tablet, say.move);
    tablet.blocks();
    await staff(`/requests/${reference}/moves`, { body: { to: 'needs_information', reason: 'نحتاج ورقة' } });
    await hears(phone, 'نحتاج ورقة');
    const { body: tasks } = await staff('/tasks');
    expect(tasks.items.filter(({ kind }: { kind: string }) => kind === 'call')).toEqual([]);

    phone.says(say.unlink);
    await hears(phone, say.which);
    phone.presses(say.others);
    await hears(phone, say.undone);
    await visitor.post({ type: 'message', text: 'وين طلبي' });
    await heard(visitor, 'ما عندي طلب مسجّل');
    const { body: after } = await staff(`/beneficiaries/${found.beneficiary}`);
    expect(after.chats.map(({ proof }: { proof: string }) => proof)).toEqual(['code']);
    await staff(`/beneficiaries/${found.beneficiary}/unlink`, { body: { conversation: `telegram/${phone.id}`, reason: 'انتهى الاختبار' } }); // prettier-ignore
    await hears(phone, locale === 'ar' ? 'فصل موظفنا' : 'Our staff have unlinked');
  });
});

describe('a number', () => {
  it('of somebody else, shared from the address book or typed, links nothing', async () => {
    const stranger = telegram.user(720_001);
    stranger.says('/start');
    await hears(stranger, 'حياك الله');
    stranger.sharesContact({ phone_number: '966500000000', user_id: 1 });
    await hears(stranger, 'وصلني الرقم');
    stranger.says('أربط هذه المحادثة');
    await hears(stranger, 'اكتب رقم طلبك');
    expect(stranger.keyboard?.flat()).toContainEqual({ text: 'شارك رقمي', request_contact: true });
    stranger.says('0500000000');
    await hears(stranger, 'ما وجدت رقم طلب صحيحًا');
    const known = await staff('/beneficiaries');
    const chats = await Promise.all(
      known.body.items.map(async ({ id }: { id: string }) => (await staff(`/beneficiaries/${id}`)).body.chats),
    );
    expect(JSON.stringify(chats)).not.toContain('720001');
  });

  it('stays in no transcript when it is shared', async () => {
    const sharer = telegram.user(720_002);
    sharer.says('/start');
    await hears(sharer, 'حياك الله');
    sharer.sharesContact({ phone_number: '966555000111' });
    await hears(sharer, 'ما وجدت بهذا الرقم');
    await app.stop();
    const { DATA_DIR: dataFolder, MONGODB_URI: mongodbUri } = app.options.config;
    const { store } = await openStore({ dataFolder, ids: app.options.ids, ...(mongodbUri ? { mongodbUri } : {}) });
    const filter = { conversation: `telegram/${sharer.id}`, sequence: { $gt: 0 } };
    const said = await store.collection<MessageRecord>('messages').find(filter);
    await store.close();
    expect(said.length).toBeGreaterThanOrEqual(4);
    expect(`${JSON.stringify(said)}${app.lines.join()}`).not.toContain('555000111');
  });
});
