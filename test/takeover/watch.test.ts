import { expect, it, vi } from 'vitest';
import { SendError } from '../../src/core/errors.js';
import { answerPerson, take } from '../../src/takeover/hold.js';
import { describeOnEachStore } from '../fixtures/stores.js';
import { message, type Send } from '../mailbox/harness.js';
import { createDeskHouse, huda, salem } from './house.js';

type House = ReturnType<typeof createDeskHouse>;

const minute = 60_000;
const late = 'ما نسيناك. تأخرنا عليك ونعتذر منك، وسيرد عليك أحد الزملاء هنا في أقرب وقت.';

describeOnEachStore('somebody who waits for a person', (openStore) => {
  async function open() {
    const { store } = await openStore();
    const house = createDeskHouse(store);
    await house.opens();
    return house;
  }

  it('is raised when nobody came in time, and told once that nobody has forgotten them', async () => {
    const house = await open();
    await house.writes('asked', 'waits');
    house.clock.advance(59 * minute);
    await house.takeover.beat();
    expect((await house.place('waits'))?.desk?.raised).toBe(false);
    house.clock.advance(2 * minute);
    await house.takeover.beat();
    await house.takeover.beat();
    await house.mailbox.settle();
    expect((await house.place('waits'))?.desk).toMatchObject({ status: 'waiting', raised: true });
    expect(house.heard('waits')).toEqual(['1: asked', late]);
  });

  it('is raised when a colleague has taken the conversation and forgotten it; then another one may take it', async () => {
    const house = await open();
    await house.writes('asked', 'forgotten');
    await take(house.context, 'telegram/forgotten', huda);
    await house.writes('hello?', 'forgotten');
    expect(await take(house.context, 'telegram/forgotten', salem)).toMatchObject({ type: 'not_yours', by: 'huda' });
    house.clock.advance(61 * minute);
    await house.takeover.beat();
    expect((await house.place('forgotten'))?.desk).toMatchObject({ status: 'taken', raised: true });
    expect(await take(house.context, 'telegram/forgotten', salem)).toMatchObject({ type: 'done' });
    expect(await house.place('forgotten')).toMatchObject({ owner: 'salem', desk: { raised: false } });
  });

  it('is raised for what they wrote while a word of staff waited for the channel', async () => {
    const { store } = await openStore();
    let away = false;
    const house = createDeskHouse(store, {
      async send() {
        if (away) throw new SendError('unavailable', 'The channel is away.', { retryAfter: minute });
      },
    });
    await house.opens();
    await house.writes('asked', 'waited');
    await take(house.context, 'telegram/waited', huda);
    await house.mailbox.settle();
    away = true;
    await answerPerson(house.context, 'telegram/waited', { by: huda, id: 'w', text: 'لحظة' });
    house.clock.advance(1000);
    await house.writes('and the papers?', 'waited');
    away = false;
    house.clock.advance(minute);
    await house.mailbox.settle();
    expect(house.heard('waited').at(-1)).toBe('لحظة');
    house.clock.advance(61 * minute);
    await house.takeover.beat();
    expect((await house.place('waited'))?.desk?.raised).toBe(true);
  });

  it('is not raised while nothing of theirs is unanswered, nor outside the working hours', async () => {
    const house = await open();
    await house.writes('asked', 'answered');
    await take(house.context, 'telegram/answered', huda);
    await answerPerson(house.context, 'telegram/answered', { by: huda, id: 'a', text: 'تفضّل' });
    await house.mailbox.settle();
    house.clock.advance(5 * 60 * minute);
    await house.takeover.beat();
    expect((await house.place('answered'))?.desk?.raised).toBe(false);
    // Half past two: half an hour before the office closes.
    house.clock.advance(30 * minute);
    await house.writes('one more thing', 'answered');
    house.clock.advance(10 * 60 * minute);
    await house.takeover.beat();
    expect((await house.place('answered'))?.desk?.raised).toBe(false);
    house.clock.advance(10 * 60 * minute);
    await house.takeover.beat();
    expect((await house.place('answered'))?.desk?.raised).toBe(true);
  });
});

describeOnEachStore('a console', (openStore) => {
  /** What was told of a conversation since, as a console hears it. */
  async function told({ context }: House, since: number, chat: string): Promise<string[]> {
    const events = (await context.events.after(since)) ?? [];
    return events.flatMap(({ event }) => (event.about === `telegram/${chat}` ? [event.change] : []));
  }

  it('hears that the person has written, also in the moments after the conversation was taken', async () => {
    const house = createDeskHouse((await openStore()).store);
    await house.writes('hello', 'taken');
    await house.takeover.beat();
    await take(house.context, 'telegram/taken', huda);
    const before = await house.context.events.latest();
    await house.writes('my question', 'taken');
    await house.takeover.beat();
    expect(await told(house, before, 'taken')).toEqual(['message']);
  });

  it('hears of a message when it can be read, also while a word of staff is on its way', async () => {
    const { store } = await openStore();
    let send: Send = async () => undefined;
    const house = createDeskHouse(store, { send: (activity) => send(activity) });
    await house.writes('hello', 'slow');
    await take(house.context, 'telegram/slow', huda);
    await house.mailbox.settle();
    await house.takeover.beat();
    const before = await house.context.events.latest();
    const writesMeanwhile = async (): Promise<void> => {
      await house.mailbox.accept(message('are you there?', { chat: 'slow' }));
      await house.takeover.beat();
      expect(await told(house, before, 'slow')).toEqual([]);
    };
    const sending = vi.fn<Send>(writesMeanwhile);
    send = sending;
    await answerPerson(house.context, 'telegram/slow', { by: huda, id: 'w', text: 'one moment' });
    await house.mailbox.settle();
    await house.takeover.beat();
    expect(sending).toHaveBeenCalledOnce();
    expect(await told(house, before, 'slow')).toContain('message');
  });
});
