import { expect, it } from 'vitest';
import { createPerform, type GapRecord, type TaskRecord } from '../../src/mailbox/effects.js';
import { describeOnEachStore } from '../fixtures/stores.js';

describeOnEachStore('what turns have caused', (openStore) => {
  it('is carried out in their order, however long each takes (3)', async () => {
    const { store } = await openStore();
    const collections = { gaps: store.collection<GapRecord>('gaps'), tasks: store.collection<TaskRecord>('tasks') };
    const steps: string[] = [];
    const perform = createPerform(collections, async ({ id }) => {
      steps.push(`${id} begins`);
      await store.ping();
      steps.push(`${id} ends`);
    });
    const effects = ['form begun', 'form left'].map((id) => ({
      id,
      effect: { type: 'draft_changed', form: id === 'form begun' ? 'suggestion' : null, locale: 'ar' } as const,
      conversation: 'telegram/one',
      address: { channelId: 'telegram' as const, conversation: { id: 'one' }, from: { id: 'p-one' } },
      at: 0,
    }));
    await perform(effects);
    expect(steps).toEqual(['form begun begins', 'form begun ends', 'form left begins', 'form left ends']);
  });
});
