import { expect, it } from 'vitest';
import { answerPerson, take } from '../../src/takeover/hold.js';
import { describeOnEachStore } from '../fixtures/stores.js';
import { createDeskHouse, huda, salem } from './house.js';

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
