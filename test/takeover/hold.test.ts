import { expect, it } from 'vitest';
import { answerPerson, giveBack, note, snooze, take, transfer } from '../../src/takeover/hold.js';
import { describeOnEachStore } from '../fixtures/stores.js';
import { message } from '../mailbox/harness.js';
import { boss, createDeskHouse, huda, salem } from './house.js';

const minute = 60_000;

describeOnEachStore('a conversation before the staff', (openStore) => {
  async function open() {
    const { store } = await openStore();
    return createDeskHouse(store);
  }

  it('waits once, however often a person is asked for, and keeps its place', async () => {
    const house = await open();
    await house.writes('asked', 'once');
    const first = (await house.place('once'))?.desk;
    house.clock.advance(5 * minute);
    await house.writes('misunderstood', 'once');
    expect((await house.place('once'))?.desk).toEqual(first);
    expect(first).toMatchObject({ status: 'waiting', queue: 'officer', reason: 'asked' });
  });

  it('is urgent as soon as it sounds so, without losing its place', async () => {
    const house = await open();
    await house.writes('asked', 'urgent');
    const first = (await house.place('urgent'))?.desk;
    house.clock.advance(minute);
    await house.writes('low_mood', 'urgent');
    const desk = (await house.place('urgent'))?.desk;
    expect(desk).toMatchObject({ reason: 'low_mood', queue: 'researcher', since: first?.since });
  });

  it('goes to one of two who take it at once, and the other hears who', async () => {
    const house = await open();
    await house.writes('asked', 'race');
    const outcomes = await Promise.all([huda, salem].map((one) => take(house.context, 'telegram/race', one)));
    const { owner } = (await house.place('race'))!;
    expect(outcomes.map(({ type }) => type).toSorted()).toEqual(['done', 'not_yours']);
    expect(outcomes).toContainEqual({ type: 'not_yours', by: owner });
    await house.mailbox.settle();
    expect(house.heard('race').filter((text) => text?.startsWith('معك'))).toHaveLength(1);
  });

  it('can be taken again by who has it, without another introduction', async () => {
    const house = await open();
    await house.writes('hello', 'again');
    await take(house.context, 'telegram/again', huda);
    expect(await take(house.context, 'telegram/again', huda)).toMatchObject({ type: 'done' });
    await house.mailbox.settle();
    expect(house.heard('again')).toEqual(['1: hello', 'معك هدى من عسيب، تفضّل.']);
  });

  it('is silent until it is given back, and then the bot takes it up', async () => {
    const house = await open();
    await house.writes('asked', 'silent');
    await take(house.context, 'telegram/silent', huda);
    await house.writes('anybody?', 'silent');
    await answerPerson(house.context, 'telegram/silent', { by: huda, id: 'a', text: 'حياك الله' });
    await giveBack(house.context, 'telegram/silent', huda);
    await house.mailbox.settle();
    await house.writes('thanks', 'silent');
    expect(house.heard('silent')).toEqual([
      '1: asked', 'معك هدى من عسيب، تفضّل.', 'حياك الله', '2: takeover/returned', '3: thanks',
    ]); // prettier-ignore
    expect((await house.place('silent'))?.desk).toMatchObject({ status: 'closed' });
  });

  it('has no answer of the bot to what was written to staff, also when it was given back in the same moment', async () => {
    const house = await open();
    await house.writes('hello', 'moment');
    await take(house.context, 'telegram/moment', huda);
    await house.mailbox.settle();
    const written = house.mailbox.accept(message('for huda', { chat: 'moment' }));
    await Promise.all([written, giveBack(house.context, 'telegram/moment', huda)]);
    await house.mailbox.accept(message('for the bot', { chat: 'moment' }));
    await house.mailbox.settle();
    expect(house.heard('moment').slice(2)).toEqual(['2: takeover/returned', '3: for the bot']);
  });

  it('says the word of staff once, however often it is sent', async () => {
    const house = await open();
    await house.writes('hello', 'word');
    await take(house.context, 'telegram/word', huda);
    const send = () => answerPerson(house.context, 'telegram/word', { by: huda, id: 'same', text: 'كلمة' });
    const outcomes = await Promise.all([send(), send(), send()]);
    await house.mailbox.settle();
    expect((await send()).type).toBe('repeated');
    expect(outcomes.filter(({ type }) => type === 'done')).toHaveLength(1);
    expect(house.heard('word').filter((text) => text === 'كلمة')).toHaveLength(1);
  });

  it('takes no word of who does not have it, also after it was given back', async () => {
    const house = await open();
    await house.writes('hello', 'late');
    await take(house.context, 'telegram/late', huda);
    const word = { id: 'w', text: 'كلمة' };
    expect(await answerPerson(house.context, 'telegram/late', { ...word, by: salem })).toMatchObject({ by: 'huda' });
    await giveBack(house.context, 'telegram/late', huda);
    expect(await answerPerson(house.context, 'telegram/late', { ...word, by: huda })).toMatchObject({ by: 'bot' });
    expect(await giveBack(house.context, 'telegram/late', huda)).toMatchObject({ type: 'not_yours' });
    await house.mailbox.settle();
    expect(house.heard('late')).not.toContain('كلمة');
  });

  it('keeps notes between the messages, for staff only', async () => {
    const house = await open();
    await house.writes('hello', 'note');
    await note(house.context, 'telegram/note', { by: salem, note: 'تحتاج إلى زيارة' });
    await house.mailbox.settle();
    expect(house.heard('note')).toEqual(['1: hello']);
    const lines = await house.transcript.read('telegram/note', 0, 10);
    expect(lines.at(-1)?.activity).toMatchObject({
      name: 'staff/note',
      value: { by: 'salem', note: 'تحتاج إلى زيارة' },
    });
  });

  it('stays silent while it is passed on, to a colleague or into a queue', async () => {
    const house = await open();
    await house.writes('asked', 'passed');
    await take(house.context, 'telegram/passed', huda);
    await transfer(house.context, 'telegram/passed', { by: huda, to: { account: 'salem' }, note: 'لك' });
    expect(await answerPerson(house.context, 'telegram/passed', { by: huda, id: 'x', text: 'لا' })).toMatchObject({
      by: 'salem',
    });
    await transfer(house.context, 'telegram/passed', { by: salem, to: { queue: 'researcher' } });
    await house.writes('still there?', 'passed');
    expect(await house.place('passed')).toMatchObject({
      owner: 'queue',
      desk: { status: 'waiting', queue: 'researcher' },
    });
    expect(house.heard('passed').at(-1)).toBe('معك هدى من عسيب، تفضّل.');
    expect(await take(house.context, 'telegram/passed', huda)).toMatchObject({ type: 'done' });
  });

  it('comes back from aside when the person writes, also when who took the message told nobody', async () => {
    const house = await open();
    await house.writes('hello', 'untold');
    await take(house.context, 'telegram/untold', huda);
    await snooze(house.context, 'telegram/untold', { by: huda, until: house.clock.now() + 30 * minute });
    house.clock.advance(minute);
    await house.takeover.beat();
    expect((await house.place('untold'))?.desk?.status).toBe('snoozed');
    await house.mailbox.accept(message('me again', { chat: 'untold' }));
    await house.takeover.beat();
    expect((await house.place('untold'))?.desk?.status).toBe('taken');
  });

  it('comes back from aside when its time has come, or when the person writes', async () => {
    const house = await open();
    for (const chat of ['time', 'wrote']) {
      await house.writes('hello', chat);
      await take(house.context, `telegram/${chat}`, huda);
      await snooze(house.context, `telegram/${chat}`, { by: huda, until: house.clock.now() + 30 * minute });
    }
    await house.takeover.beat();
    expect((await house.place('time'))?.desk?.status).toBe('snoozed');
    house.clock.advance(minute);
    await house.writes('me again', 'wrote');
    await house.takeover.beat();
    expect([(await house.place('time'))?.desk?.status, (await house.place('wrote'))?.desk?.status]).toEqual([
      'snoozed', 'taken',
    ]); // prettier-ignore
    house.clock.advance(30 * minute);
    await house.takeover.beat();
    expect((await house.place('time'))?.desk?.status).toBe('taken');
  });

  it('can be given back by an administrator, whoever has it', async () => {
    const house = await open();
    await house.writes('hello', 'absent');
    await take(house.context, 'telegram/absent', huda);
    expect(await giveBack(house.context, 'telegram/absent', boss)).toMatchObject({ type: 'done' });
  });

  it('is unknown when nobody has ever written there', async () => {
    const house = await open();
    expect(await take(house.context, 'telegram/nobody', huda)).toEqual({ type: 'unknown' });
  });
});
