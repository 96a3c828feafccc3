import { expect, it } from 'vitest';
import { startApp } from '../fixtures/app.js';
import { eventually } from '../fixtures/eventually.js';
import { admin, adminEnvironment, signIn } from '../fixtures/staff.js';
import { visit, type Visitor } from '../fixtures/visitor.js';
import { fillIn, heard } from '../stories/filling.js';

const answers = {
  consent: true,
  forWhom: 'self',
  service: 'food',
  birthDate: '1985-03-20',
  city: 'سكاكا',
  family: 1,
  income: 0,
  housing: 'owned',
  hasDebt: false,
  otherHelp: false,
  need: 'يحتاج إلى سلة غذائية كل شهر',
};

async function says(visitor: Visitor, text: string, words: string): Promise<void> {
  await visitor.post({ type: 'message', text });
  await heard(visitor, words);
}

/** Waits until the last thing said is this question. */
async function asksFor(visitor: Visitor, step: string): Promise<void> {
  const asked = async () => (await visitor.history()).at(-1)?.channelData?.expects?.step;
  await eventually(async () => expect(await asked()).toBe(step));
}

it('a request that an officer writes down on the phone is read, corrected and signed in the chat, and is then genuine', async () => {
  const environment = { ...adminEnvironment, QUIET_HOURS: 'none', QUIET_FRIDAY: 'none' };
  const app = await startApp(environment, { beatMs: 50 });
  try {
    const staff = await signIn(app.base, admin);
    const visitor = await visit(app.base);
    await visitor.arrives();
    await visitor.post({ type: 'message', value: 'start:support-request' });
    await fillIn(visitor);
    const first = /[A-Z]{3}-\w{4}-\w/.exec(await heard(visitor, 'ورقمه'))?.[0] ?? '';
    const { beneficiary } = (await staff(`/requests/${first}`)).body;

    const opened = await staff('/requests', { body: { channel: 'phone', beneficiary, answers } });
    const { reference } = opened.body;
    expect(opened.body).toMatchObject({ status: 'submitted', signature: 'pending', beneficiary });
    await staff(`/requests/${reference}/moves`, { body: { to: 'verification' } });
    await heard(visitor, 'سجّل موظفنا طلب دعم باسمك');

    await visitor.post({ type: 'message', text: 'اقرأ ووقّع', value: `start:support-request:${reference}` });
    await heard(visitor, 'سجّل موظفنا طلبك');
    await says(visitor, 'مكان السكن', 'في أي مدينة');
    await says(visitor, 'دومة الجندل', 'مكان السكن: دومة الجندل');
    await visitor.post({ type: 'message', text: 'نعم' });
    await asksFor(visitor, 'declaration');
    await says(visitor, 'نورة سالم العنزي', 'الاسم: نورة سالم العنزي');
    await says(visitor, 'نعم أوافق', 'وصل توقيعك على الطلب');

    const { body } = await staff(`/requests/${reference}`);
    expect(body).toMatchObject({ signature: 'chat', declaration: { answersUnchanged: true, scan: null } });
    expect(body.events.map(({ type }: { type: string }) => type)).toEqual(['submitted', 'moved', 'signed']);
    const check = await fetch(`${app.base}/declarations/${reference}/${body.declaration.code}`, { headers: { accept: 'application/json' } }); // prettier-ignore
    expect(await check.json()).toMatchObject({ reference, unchanged: true });
  } finally {
    await app.close();
  }
});
