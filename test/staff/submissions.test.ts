import { afterAll, expect, it } from 'vitest';
import type { AuditRecord } from '../../src/staff/audit.js';
import { submissionCalls } from '../../src/staff/inquiries/calls.js';
import { assetsOf } from '../fixtures/assets.js';
import { signedIn, startStaff, stranger } from '../fixtures/staff.js';
import { describeOnEachStore } from '../fixtures/stores.js';
import { createHouse } from '../requests/house.js';

describeOnEachStore('the staff API of submissions', (openStore) => {
  const closing: (() => Promise<unknown>)[] = [];
  afterAll(async () => void (await Promise.all(closing.map((close) => close()))));

  async function open() {
    const { store } = await openStore();
    const house = createHouse(store);
    const staff = await startStaff(store, { calls: submissionCalls({ context: house.inquiries, assets: assetsOf() }) });
    closing.push(() => staff.close());
    const submit = async (form: string, answers: Record<string, unknown>, more: { anonymous?: true } = {}) => {
      const turn = house.caused('writes', { form, opens: 'submission', answers, ...more });
      await house.perform(turn);
      return turn.id;
    };
    return { house, staff, store, submit, officer: await signedIn(staff.base, ['officer']) };
  }

  const named = {
    who: 'named',
    about: 'staff',
    what: 'صرخ علي الموظف قدام الناس كلهم في الاستقبال',
    mobile: '+966500000000',
  };

  it('lists them by form and status, the newest first', async () => {
    const { house, officer, submit } = await open();
    const first = await submit('suggestion', { topic: 'chat', suggestion: 'حروف أكبر', mayContact: true });
    house.clock.advance(1000);
    const second = await submit('complaint', named);
    const ids = async (query: string): Promise<string[]> =>
      (await officer(`/submissions${query}`)).body.items.map(({ id }: { id: string }) => id);
    expect(await ids('')).toEqual([second, first]);
    expect(await ids('?form=suggestion')).toEqual([first]);
    expect(await ids('?form=suggestion&status=done')).toEqual([]);
    expect(await ids('?status=open')).toEqual([second, first]);
    expect((await officer('/submissions?status=lost')).status).toBe(400);
    const { body } = await officer('/submissions?form=complaint');
    expect(body.items[0]).toMatchObject({ label: 'أقدّم شكوى', status: 'open', anonymous: false });
    expect(body.items[0].reference).toMatch(/^MSG-/);
  });

  it('shows the answers of one, masked where they are sensitive, and reveals one with a reason that is audited', async () => {
    const { officer, store, submit } = await open();
    const id = await submit('complaint', named);
    const { body } = await officer(`/submissions/${id}`);
    expect(body).toMatchObject({ conversation: 'telegram/writes', channel: 'telegram' });
    expect(body.answers.find(({ ask }: { ask: string }) => ask === 'what').value).toBe('••••••••');
    expect(body.answers.find(({ ask }: { ask: string }) => ask === 'about').value).toBe('التعامل');
    expect(JSON.stringify(body)).not.toMatch(/صرخ|0500000000|966500000000/);
    const reveal = { ask: 'what', reason: 'للرد على الشكوى' };
    expect((await officer(`/submissions/${id}/reveal`, { body: reveal })).body).toEqual({
      ask: 'what',
      value: named.what,
    });
    expect((await officer(`/submissions/${id}/reveal`, { body: { ask: 'what', reason: '' } })).status).toBe(400);
    expect((await officer(`/submissions/${id}/reveal`, { body: { ...reveal, ask: 'fullName' } })).status).toBe(404);
    const entries = await store.collection<AuditRecord>('audit').find({ about: id, at: { $gt: 0 } });
    expect(entries).toContainEqual(
      expect.objectContaining({
        action: 'submission_revealed',
        by: officer.id,
        outcome: 'done',
        reason: `what: ${reveal.reason}`,
      }),
    );
    expect(JSON.stringify(entries)).not.toContain('صرخ');
  });

  it('shows of one without a name neither chat nor channel', async () => {
    const { officer, submit } = await open();
    await submit('complaint', { who: 'unnamed', about: 'delay', what: 'تأخرتم علي كثيرًا' }, { anonymous: true });
    const { body } = await officer('/submissions?form=complaint&status=open');
    const one = body.items.find(({ anonymous }: { anonymous: boolean }) => anonymous);
    expect((await officer(`/submissions/${one.id}`)).body).toMatchObject({ conversation: null, channel: null });
  });

  it('is told when one is dealt with', async () => {
    const { officer, submit } = await open();
    const id = await submit('suggestion', { topic: 'chat', suggestion: 'حروف أكبر', mayContact: false });
    const done = await officer(`/submissions/${id}/done`, { body: {} });
    expect(done.body).toMatchObject({ id, status: 'done' });
    const { body } = await officer('/submissions?status=done');
    expect(body.items.map((item: { id: string }) => item.id)).toContain(id);
    expect((await officer('/submissions/nobody/done', { body: {} })).status).toBe(404);
  });

  it('is for those who serve beneficiaries', async () => {
    const { staff, submit } = await open();
    const id = await submit('complaint', named);
    const member = await signedIn(staff.base, ['committee']);
    for (const path of ['/submissions', `/submissions/${id}`]) {
      expect((await member(path)).status).toBe(403);
      expect((await stranger(staff.base)(path)).status).toBe(401);
    }
  });
});
