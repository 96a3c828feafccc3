import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type TestApp } from '../fixtures/app.js';
import { eventually, until } from '../fixtures/eventually.js';
import { png } from '../fixtures/players.js';
import { adminEnvironment, signedIn, stranger, type StaffClient } from '../fixtures/staff.js';
import { visit, type Visitor } from '../fixtures/visitor.js';

describe('conversations, over the staff API', () => {
  let app: TestApp;
  let officer: StaffClient;
  let other: StaffClient;
  let committee: StaffClient;

  beforeAll(async () => {
    app = await startApp(adminEnvironment, { beatMs: 50 });
    officer = await signedIn(app.base, ['officer']);
    other = await signedIn(app.base, ['researcher']);
    committee = await signedIn(app.base, ['committee']);
  });

  afterAll(() => app.close());

  /** A visitor who has asked for a person, and the conversation's id. */
  async function waiting(): Promise<{ visitor: Visitor; id: string }> {
    const visitor = await visit(app.base);
    await visitor.replies(await visitor.post({ type: 'message', text: 'ابي اكلم موظف' }), 2);
    return { visitor, id: Buffer.from(`webchat/${visitor.conversationId}`).toString('base64url') };
  }

  const post = (client: StaffClient, path: string, body: unknown = {}) => client(path, { method: 'POST', body });

  const said = async (visitor: Visitor) =>
    (await visitor.history()).filter(({ from }) => from.role === 'bot').map(({ text }) => text);

  it('wait in the queue with reason, beginning of the last message, and what the person was told', async () => {
    const { id } = await waiting();
    const { body } = await officer('/conversations?queue=waiting&limit=200');
    const item = body.items.find((one: { id: string }) => one.id === id);
    expect(item).toMatchObject({
      channel: 'webchat', status: 'waiting', reason: 'asked', queue: 'officer', preview: 'ابي اكلم موظف', owner: null,
    }); // prettier-ignore
    expect(Date.parse(item.answerBy)).toBeGreaterThan(Date.parse(item.waitingSince));
  });

  it('are taken by one; the other is told by whom, and cannot write', async () => {
    const { visitor, id } = await waiting();
    const taken = await post(officer, `/conversations/${id}/take`);
    expect(taken.body).toMatchObject({ status: 'taken', owner: { id: officer.id } });
    const second = await post(other, `/conversations/${id}/take`);
    expect(second).toMatchObject({ status: 409, body: { owner: { id: officer.id } } });
    expect(second.body.detail).toContain(second.body.owner.name);
    expect((await post(other, `/conversations/${id}/messages`, { text: 'انا هنا' })).status).toBe(409);
    const mine = await officer('/conversations?queue=mine');
    expect(mine.body.items.map((one: { id: string }) => one.id)).toContain(id);
    await eventually(async () => expect(await said(visitor)).toContainEqual(expect.stringMatching(/^معك/)));
    expect(await said(visitor)).not.toContain('انا هنا');
  });

  it('carry words, files and notes of staff; the person sees no note', async () => {
    const { visitor, id } = await waiting();
    await post(officer, `/conversations/${id}/take`);
    await post(officer, `/conversations/${id}/notes`, { text: 'ملاحظة للزملاء' });
    for (let sent = 0; sent < 2; sent += 1) {
      await post(officer, `/conversations/${id}/messages`, { text: 'حياك الله', id: 'mine-1' });
    }
    const headers = { 'content-type': 'image/png' };
    const file = await officer(`/conversations/${id}/files?name=بطاقة.png`, { method: 'POST', body: png, headers });
    expect(file.status).toBe(200);
    const history = await until(async () => {
      const all = await visitor.history();
      return all.some(({ attachments }) => attachments?.length === 1) && all;
    });
    const texts = history.map(({ text }) => text);
    expect(texts.filter((text) => text === 'حياك الله')).toHaveLength(1);
    expect(JSON.stringify(history)).not.toContain('ملاحظة للزملاء');
    const attachment = history.at(-1)?.attachments?.[0];
    expect(attachment).toMatchObject({ contentType: 'image/png', name: 'بطاقة.png' });
    const bytes = Buffer.from(await (await fetch(attachment?.contentUrl ?? '')).arrayBuffer());
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(createHash('sha256').update(png).digest('hex'));
    const { body } = await officer(`/conversations/${id}`);
    expect(body.messages).toContainEqual(
      expect.objectContaining({
        kind: 'staff/note',
        text: 'ملاحظة للزملاء',
        by: expect.objectContaining({ id: officer.id }),
      }),
    );
    const [shown] = body.messages.at(-1).attachments;
    expect((await officer(shown.path)).headers.get('content-disposition')).toContain('attachment');
  });

  it('open what the person has sent, and nothing else', async () => {
    const { visitor, id } = await waiting();
    await visitor.uploads({ name: 'ورقة.png', bytes: png });
    const { path } = await until(async () => {
      const { body } = await officer(`/conversations/${id}`);
      return body.messages.findLast((one: { attachments: unknown[] }) => one.attachments.length > 0)?.attachments[0];
    });
    expect((await officer(path)).status).toBe(200);
    expect((await officer(path.replace(/\d+$/, '7'))).status).toBe(404);
    expect((await committee(path)).status).toBe(403);
  });

  it('refuse a file that is none, with a sentence', async () => {
    const { id } = await waiting();
    await post(officer, `/conversations/${id}/take`);
    const headers = { 'content-type': 'image/png' };
    const bytes = Buffer.from('MZ this is no picture');
    const refused = await officer(`/conversations/${id}/files?name=x.png`, { method: 'POST', body: bytes, headers });
    expect(refused).toMatchObject({ status: 422 });
    expect(refused.body.detail).toContain('لا يُقبل هذا الملف');
  });

  it('are passed on to colleagues who may hold them, and to nobody else', async () => {
    const { id } = await waiting();
    await post(officer, `/conversations/${id}/take`);
    const to = (account: string) => post(officer, `/conversations/${id}/transfer`, { to: { account }, note: 'لك' });
    expect((await to(committee.id)).status).toBe(422);
    expect((await to('nobody')).status).toBe(422);
    expect((await to(other.id)).body).toMatchObject({ owner: { id: other.id }, reason: 'transferred' });
    expect((await post(officer, `/conversations/${id}/return`)).status).toBe(409);
    expect((await post(other, `/conversations/${id}/return`)).body).toMatchObject({ status: 'closed', owner: null });
    const closed = await officer('/conversations?queue=closed');
    expect(closed.body.items[0].id).toBe(id);
  });

  it('are put aside until a moment that is to come', async () => {
    const { id } = await waiting();
    await post(officer, `/conversations/${id}/take`);
    const past = new Date(Date.now() - 1000).toISOString();
    expect((await post(officer, `/conversations/${id}/snooze`, { until: past })).status).toBe(422);
    const tomorrow = new Date(Date.now() + 24 * 60 * 60 * 1000).toISOString();
    const aside = await post(officer, `/conversations/${id}/snooze`, { until: tomorrow });
    expect(aside.body).toMatchObject({ status: 'snoozed', until: tomorrow });
    expect((await officer('/conversations?queue=snoozed')).body.items).toHaveLength(1);
  });

  it('are nobody’s business without the role, and nothing is known of foreign ids', async () => {
    const { id } = await waiting();
    expect((await stranger(app.base)('/conversations')).status).toBe(401);
    expect((await committee('/conversations')).status).toBe(403);
    expect((await post(committee, `/conversations/${id}/take`)).status).toBe(403);
    for (const foreign of ['nothing', '..%2F..', 'x'.repeat(999)]) {
      expect((await post(officer, `/conversations/${foreign}/take`)).status).toBe(404);
    }
  });

  it('leave who, what and when in the audit log, and no word of what was said', async () => {
    const { id } = await waiting();
    await post(officer, `/conversations/${id}/take`);
    await post(officer, `/conversations/${id}/messages`, { text: 'كلام سري' });
    const boss = await signedIn(app.base, ['admin']);
    const about = encodeURIComponent(Buffer.from(id, 'base64url').toString());
    const { body } = await boss(`/audit?about=${about}`);
    expect(body.items.map((one: { action: string }) => one.action)).toEqual(
      expect.arrayContaining(['conversation_taken', 'conversation_answered']),
    );
    expect(JSON.stringify(body) + app.lines.join('\n')).not.toContain('كلام سري');
  });

  describe('are heard of by server-sent events', () => {
    /** Reads events until `enough`. */
    async function listen(client: StaffClient, headers: Record<string, string>, enough: (text: string) => boolean) {
      const stop = new AbortController();
      const response = await fetch(`${app.base}/api/staff/events`, {
        headers: { cookie: client.cookie, ...headers },
        signal: stop.signal,
      });
      expect(response.headers.get('content-type')).toContain('text/event-stream');
      const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
      let text = '';
      while (!enough(text)) text += (await reader.read()).value ?? '';
      stop.abort();
      return text;
    }

    const lastId = (text: string): string => [...text.matchAll(/^id: (\d+)$/gm)].at(-1)?.[1] ?? '';

    it('as they happen, and after a pause from where one stopped', async () => {
      let id = '';
      let asked: Promise<void> | undefined;
      const first = await listen(officer, {}, (text) => {
        if (text.includes('connected')) asked ??= waiting().then((one) => void (id = one.id));
        return text.includes('"waiting"');
      });
      await asked;
      expect(first).toContain(id);
      expect(first).toMatch(/event: conversation\ndata: \{"change":"waiting"/);
      await post(officer, `/conversations/${id}/take`);
      const resumed = await listen(officer, { 'last-event-id': lastId(first) }, (text) => text.includes('"taken"'));
      expect(resumed).toContain(id);
      expect(resumed).not.toContain('"waiting"');
    });

    it('with a word that lists are to be read anew, when too much was missed', async () => {
      const text = await listen(officer, { 'last-event-id': '999999' }, (seen) => seen.includes('reset'));
      expect(text).toContain('event: reset');
    });

    it('not by strangers, and without conversations by the committee', async () => {
      expect((await stranger(app.base)('/events')).status).toBe(401);
      const { id } = await waiting();
      const text = await listen(committee, { 'last-event-id': '0' }, (seen) => seen.includes('\n\n'));
      expect(text).not.toContain(id);
    });
  });
});
