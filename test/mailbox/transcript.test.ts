import { expect, it } from 'vitest';
import type { MessageRecord } from '../../src/mailbox/record.js';
import { createTranscript, type NewMessage } from '../../src/mailbox/transcript.js';
import type { Collection } from '../../src/store/collection.js';
import { describeOnEachStore } from '../fixtures/stores.js';
import { message } from './harness.js';

const said = (id: string): NewMessage => ({ activity: message(id, { id }), at: 1 });

describeOnEachStore('the transcript', (open) => {
  it('has no place left out, whatever a process that died had written of an append, and what is left of it', async () => {
    const { store } = await open();
    const messages = store.collection<MessageRecord>('messages');
    const dying = (dead: (id: string) => boolean): Collection<MessageRecord> => ({
      ...messages,
      insert: async (record) => {
        if (dead(record.activity.id)) throw new Error('the process is dead');
        await messages.insert(record);
      },
    });
    const attempts = [['heard'], ['heard', 'reply'], ['reply']];
    for (const [number, dead] of attempts.entries()) {
      const chat = `chat-${number}`;
      const id = (name: string) => `${chat}-${name}`;
      const names = ['heard', 'reply', 'heard next'].map(id);
      const first = createTranscript(dying((one) => dead.map(id).includes(one)));
      await expect(first.append(chat, 0, names.map(said))).rejects.toThrow('dead');
      // Meanwhile staff have taken the conversation: the reply is not said any more.
      const second = createTranscript(messages);
      await second.append(chat, 0, [id('heard'), id('heard next')].map(said));
      const lines = (await second.read(chat, 0, 10)).map(({ activity }) => activity.id);
      expect(lines.filter((line) => line !== id('reply'))).toEqual([id('heard'), id('heard next')]);
    }
  });
});
