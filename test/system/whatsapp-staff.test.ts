import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sendErrorKinds } from '../../src/core/errors.js';
import { startApp, type TestApp } from '../fixtures/app.js';
import { graphEnvironment } from '../fixtures/graph-environment.js';
import { startGraphServer, type GraphPerson, type GraphServer } from '../fixtures/graph-server/server.mjs';
import { adminEnvironment, say, signedIn, type StaffClient } from '../fixtures/staff.js';
import { eventually } from '../fixtures/eventually.js';

const day = 24 * 60 * 60 * 1000;

describe('a WhatsApp conversation, as staff see it', () => {
  let graph: GraphServer;
  let app: TestApp;
  let officer: StaffClient;
  let passed = 0;
  let people = 0;

  beforeAll(async () => {
    graph = await startGraphServer();
    const clock = { now: () => Date.now() + passed };
    app = await startApp({ ...graphEnvironment(graph), ...adminEnvironment }, { clock, beatMs: 50 });
    graph.setWebhook(`${app.base}/webhooks/whatsapp`);
    officer = await signedIn(app.base, ['officer']);
  });

  afterAll(async () => {
    await app.close();
    await graph.close();
  });

  const post = (path: string, body: unknown = {}) => officer(path, { method: 'POST', body });

  /** A person who waits for staff, and the path of the conversation. */
  async function asking(): Promise<{ person: GraphPerson; path: string }> {
    people += 1;
    const waId = `9665012399${String(people).padStart(2, '0')}`;
    const person = graph.user(waId);
    person.says('ابي اكلم موظف');
    const path = `/conversations/${Buffer.from(`whatsapp/${waId}`).toString('base64url')}`;
    await eventually(async () => expect((await officer(path)).body.status).toBe('waiting'));
    await eventually(() => expect(person.messages.length).toBeGreaterThan(0));
    return { person, path };
  }

  async function taken() {
    const { person, path } = await asking();
    await post(`${path}/take`);
    await eventually(() => expect(person.messages.at(-1)?.text).toMatch(/^معك /));
    return { person, path };
  }

  const lineOf = async (path: string, text: string) =>
    (await officer(path)).body.messages.find((line: { text: string }) => line.text === text);

  it('shows until when words of ours are taken, and what became of each', async () => {
    const { person, path } = await taken();
    const { body } = await post(`${path}/messages`, { text: 'حياك الله، معك أحمد' });
    expect(body.window).toMatchObject({ open: true });
    expect(Date.parse(body.window.until)).toBeGreaterThan(Date.now() + 0.9 * day);
    await eventually(() => expect(person.messages.at(-1)?.text).toBe('حياك الله، معك أحمد'));
    const line = () => lineOf(path, 'حياك الله، معك أحمد');
    await eventually(async () => expect((await line())?.delivery).toBe('delivered'));
    person.reports(person.messages.at(-1)?.id ?? '', ['read']);
    await eventually(async () => expect(await line()).toMatchObject({ delivery: 'read', problem: null }));
  });

  it('says in plain words why somebody was not reached', async () => {
    const { path } = await taken();
    graph.fail('messages', { status: 400, code: 131026 });
    await post(`${path}/messages`, { text: 'هل وصلتك الأوراق؟' });
    await eventually(async () =>
      expect(await lineOf(path, 'هل وصلتك الأوراق؟')).toMatchObject({
        delivery: 'failed',
        problem: say('ar', 'staff.delivery.blocked'),
      }),
    );
  });

  it('shows what waits while the token has ended, and what is to be done', async () => {
    const { person, path } = await taken();
    graph.expireToken();
    await post(`${path}/messages`, { text: 'لحظة من فضلك' });
    await eventually(async () => {
      const { body } = await officer(path);
      expect(body.waiting).toMatchObject([{ text: 'لحظة من فضلك', role: 'staff', tries: expect.any(Number) }]);
      expect(body.waiting[0].tries).toBeGreaterThan(0);
    });
    const { body } = await officer('/channels');
    const whatsApp = body.items.find(({ id }: { id: string }) => id === 'whatsapp');
    expect(whatsApp).toMatchObject({ state: 'failing', says: say('ar', 'staff.channel.token_refused') });
    graph.renewToken();
    await eventually(() => expect(person.messages.at(-1)?.text).toBe('لحظة من فضلك'));
    await eventually(async () => expect((await officer(path)).body.waiting).toEqual([]));
  });

  it('refuses words of ours after a day, with what to do instead', async () => {
    const { person, path } = await taken();
    passed += day + 60_000;
    officer = await signedIn(app.base, ['officer', 'admin']);
    const late = await post(`${path}/messages`, { text: 'آسف على التأخير' });
    expect(late).toMatchObject({ status: 409, body: { detail: say('ar', 'staff.delivery.window_closed') } });
    expect((await officer(path)).body).toMatchObject({ window: { open: false }, waiting: [] });
    person.says('عندي سؤال');
    await eventually(async () => expect((await officer(path)).body.window.open).toBe(true));
  });

  it('makes a task of a notice that comes too late and has no template, with its words and why', async () => {
    const { path } = await asking();
    passed += 5 * day;
    officer = await signedIn(app.base, ['officer']);
    const conversation = Buffer.from(path.split('/').at(-1) ?? '', 'base64url').toString();
    await eventually(async () => {
      const { body } = await officer('/tasks?limit=200');
      const task = body.items.find((one: { conversation: string }) => one.conversation === conversation);
      expect(task).toMatchObject({
        kind: 'call',
        told: { delivery: 'failed', problem: say('ar', 'staff.delivery.window_closed') },
      });
      expect(task.told.text).not.toBe('');
    });
  });

  it('has a sentence for every way to fail, in both languages', () => {
    for (const kind of sendErrorKinds) {
      expect(say('ar', `staff.delivery.${kind}`)).toMatch(/[ء-ي]/);
      expect(say('en', `staff.delivery.${kind}`)).toMatch(/^[A-Z]/);
    }
  });
});
