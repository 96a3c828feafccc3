import { expect, it } from 'vitest';
import { messageId, type MessageRecord } from '../../src/mailbox/record.js';
import { createTranscript, type NewMessage, type Transcript } from '../../src/mailbox/transcript.js';
import type { Collection } from '../../src/store/collection.js';
import { describeOnEachStore } from '../fixtures/stores.js';
import { message } from './harness.js';

const said = (id: string): NewMessage => ({ activity: message(id, { id }), at: 1 });

const append = async (transcript: Transcript, chat: string, sequence: number, ids: readonly string[]) =>
  (await transcript.place(chat, sequence, ids.map(said))).write();

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
      await expect(append(first, chat, 0, names)).rejects.toThrow('dead');
      // Meanwhile staff have taken the conversation: the reply is not said any more.
      const second = createTranscript(messages);
      await append(second, chat, 0, [id('heard'), id('heard next')]);
      const lines = (await second.read(chat, 0, 10)).map(({ activity }) => activity.id);
      expect(lines.filter((line) => line !== id('reply'))).toEqual([id('heard'), id('heard next')]);
    }
  });

  it('keeps a report of a message that was written while the report looked for it', async () => {
    const { store } = await open();
    const messages = store.collection<MessageRecord>('messages');
    const writer = createTranscript(messages, store);
    const reply: NewMessage = { ...said('late'), delivery: { status: 'sent' } };
    let looks = 0;
    const reader = createTranscript({
      ...messages,
      async findOneAndUpdate(filter, update) {
        const found = await messages.findOneAndUpdate(filter, update);
        if ((looks += 1) === 1) await (await writer.place('late', 0, [reply])).write();
        return found;
      },
    });
    const id = messageId('late', 'late');
    expect(await reader.delivered(id, { status: 'delivered' })).toMatchObject({ delivery: { status: 'delivered' } });
    expect(await messages.findOne({ _id: id })).toMatchObject({ delivery: { status: 'delivered' } });
    expect(await reader.delivered(messageId('late', 'nothing'), { status: 'read' })).toBeUndefined();
  });

  it('gives what is there no second place, though it was written without what stood in between', async () => {
    const { store } = await open();
    const transcript = createTranscript(store.collection<MessageRecord>('messages'), store);
    const heard = ['heard 1', 'heard 2', 'heard 3'];
    // Staff had the conversation, so the replies were not said, and the process died; then staff gave it back.
    await append(transcript, 'chat', 0, heard);
    let sequence = 0;
    for (const number of [1, 2, 3])
      sequence = await append(transcript, 'chat', sequence, [`heard ${number}`, `reply ${number}`]);
    sequence = await append(transcript, 'chat', sequence, ['heard 4', 'reply 4']);
    const lines = await transcript.read('chat', 0, 20);
    const rest = ['reply 1', 'reply 2', 'reply 3', 'heard 4', 'reply 4'];
    expect(lines.map(({ activity }) => activity.id)).toEqual([...heard, ...rest]);
    expect(sequence).toBe(lines.length);
  });
});
