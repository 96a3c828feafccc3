import { expect, it } from 'vitest';
import type { MessageActivity } from '../../src/core/activity.js';
import { SendError } from '../../src/core/errors.js';
import { enclose } from '../../src/mailbox/envelope.js';
import type { Mailbox } from '../../src/mailbox/mailbox.js';
import type { ConversationRecord } from '../../src/mailbox/record.js';
import type { Collection } from '../../src/store/collection.js';
import { describeOnEachStore } from '../fixtures/stores.js';
import { countingBot, createHarness, message, testSeal, texts, type Count } from './harness.js';

const notice = (text: string, chat: string): MessageActivity => {
  const { channelId, conversation, from, id, timestamp } = message(text, { chat });
  const channelData = { notice: true } as const;
  return { type: 'message', channelId, conversation, from, id, timestamp, text, role: 'bot', channelData };
};

async function handOver(mailbox: Mailbox, conversation: string, from: string, to: string): Promise<string> {
  return (await mailbox.intervene(conversation, { when: { owner: from }, set: { owner: to } })).type;
}

describeOnEachStore('the mailbox', (openStore) => {
  it('acknowledges only what is on disk (1)', async () => {
    const opened = await openStore();
    const { mailbox, conversations } = createHarness(opened.store, { channel: () => undefined });
    await mailbox.accept(message('hello', { chat: 'durable', id: 'a' }));
    const record = await conversations.findOne({ _id: 'telegram/durable' });
    expect(record?.seen).toContain('a');
    await mailbox.settle();
  });

  it('accepts a message id once, however often and however many at a time it comes (2)', async () => {
    const { store } = await openStore();
    const { mailbox, said } = createHarness(store);
    const same = message('once', { chat: 'repeat', id: 'same' });
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => mailbox.accept(same)));
    await mailbox.settle();
    expect(outcomes.filter(({ type }) => type === 'accepted')).toHaveLength(1);
    expect(outcomes.filter(({ type }) => type === 'repeated')).toHaveLength(9);
    expect(texts(said)).toEqual(['1: once']);
  });

  it('knows an old id by the transcript when the mailbox has forgotten it (2)', async () => {
    const { store } = await openStore();
    const { mailbox, conversations, said } = createHarness(store);
    const old = message('old', { chat: 'late', id: 'old' });
    await mailbox.accept(old);
    await mailbox.settle();
    await conversations.findOneAndUpdate({ _id: 'telegram/late' }, { $set: { seen: [] } });
    expect(await mailbox.accept(old)).toEqual({ type: 'repeated' });
    await mailbox.settle();
    expect(said).toHaveLength(1);
  });

  it.each([{ readsTranscript: true } as const, {}])(
    'gives 1,000 turns in order to 1,000 messages that come at once (3) %j',
    async (channel) => {
      const { store } = await openStore();
      const { mailbox, conversations, transcript } = createHarness(store, channel);
      const sent = Array.from({ length: 1000 }, (_, index) => `n${index + 1}`);
      await Promise.all(sent.map((text) => mailbox.accept(message(text, { chat: 'crowd', id: text }))));
      await mailbox.settle();
      const record = await conversations.findOne({ _id: 'telegram/crowd' });
      expect(record?.state).toEqual({ turns: 1000, texts: sent });
      const told = (await transcript.read('telegram/crowd', 0, 5000)).map(
        ({ activity }) => activity as MessageActivity,
      );
      const said = told.filter(({ role }) => role === 'bot');
      expect(texts(said)).toEqual(sent.map((text, index) => `${index + 1}: ${text}`));
    },
  );

  it('works on conversations side by side, each in its own order (3)', async () => {
    const { store } = await openStore();
    const { mailbox, said } = createHarness(store);
    const chats = ['a', 'b', 'c', 'd', 'e'];
    const sent = chats.flatMap((chat) => [1, 2, 3].map((number) => message(`${chat}${number}`, { chat })));
    await Promise.all(sent.map((activity) => mailbox.accept(activity)));
    await mailbox.settle();
    for (const chat of chats) {
      const heard = said.filter(({ conversation }) => conversation.id === chat);
      expect(texts(heard)).toEqual([1, 2, 3].map((number) => `${number}: ${chat}${number}`));
    }
  });

  it('sets a message aside after three failed turns, tells the person and opens a task; the rest goes on (4)', async () => {
    const { store } = await openStore();
    const { mailbox, conversations, tasks, said, clock } = createHarness(store);
    await mailbox.accept(message('before', { chat: 'ill' }));
    await mailbox.accept(message('poison', { chat: 'ill', id: 'bad' }));
    await mailbox.accept(message('after', { chat: 'ill' }));
    for (let wait = 0; wait < 5; wait += 1) {
      await mailbox.settle();
      clock.advance(10_000);
    }
    const record = await conversations.findOne({ _id: 'telegram/ill' });
    expect((record!.state as Count).texts).toEqual(['before', 'after']);
    const heard = said.filter((activity) => activity.conversation.id === 'ill');
    expect(texts(heard)).toEqual(['1: before', 'sorry', '2: after']);
    const opened = await tasks.find({ status: 'open' });
    expect(opened.filter(({ conversation }) => conversation === 'telegram/ill')).toMatchObject([
      { kind: 'turn_failed' },
    ]);
  });

  it('saves nothing of a turn that throws, and tries it again (4)', async () => {
    const { store } = await openStore();
    let broken = true;
    const bot = {
      ...countingBot,
      turn: (...args: Parameters<typeof countingBot.turn>) => {
        if (broken) throw new Error('not yet');
        return countingBot.turn(...args);
      },
    };
    const { mailbox, conversations, said, clock } = createHarness(store, { bot });
    await mailbox.accept(message('patience', { chat: 'slow' }));
    await mailbox.settle();
    expect(await conversations.findOne({ _id: 'telegram/slow' })).toMatchObject({ state: null, failures: 1 });
    broken = false;
    clock.advance(1000);
    await mailbox.settle();
    expect(texts(said)).toEqual(['1: patience']);
    expect(await conversations.findOne({ _id: 'telegram/slow' })).toMatchObject({
      failures: 0,
      due: null,
      lease: null,
    });
  });

  it('creates an effect once although its turn is run twice (5)', async () => {
    const { store } = await openStore();
    const harness = createHarness(store, { leaseMs: 1000 });
    const { mailbox, conversations, tasks, clock } = harness;
    await mailbox.accept(message('help', { chat: 'twice', id: 'h' }));
    await mailbox.settle();
    // The commit is undone, as if the process had died between the effects and the commit.
    const item = enclose(testSeal, { id: 'h', activity: message('help', { chat: 'twice', id: 'h' }) });
    await conversations.findOneAndUpdate(
      { _id: 'telegram/twice' },
      { $set: { inbox: [item], state: null, due: clock.now() } },
    );
    await mailbox.settle();
    expect(harness.performed).toHaveLength(2);
    const opened = await tasks.find({ status: 'open' });
    expect(opened.filter(({ conversation }) => conversation === 'telegram/twice')).toHaveLength(1);
  });

  it('is silent while staff own the conversation, whatever is in flight (6)', async () => {
    const { store } = await openStore();
    const { mailbox, conversations, transcript, said } = createHarness(store);
    await mailbox.accept(message('first', { chat: 'taken' }));
    await mailbox.settle();
    await conversations.findOneAndUpdate(
      { _id: 'telegram/taken' },
      {
        $push: {
          outgoing: {
            id: 'x',
            activity: { ...message('in flight', { chat: 'taken' }), role: 'bot' },
            attempts: 0,
            notBefore: 0,
            at: 0,
          },
        },
      },
    );
    expect(await handOver(mailbox, 'telegram/taken', 'bot', 'staff-1')).toBe('done');
    expect(await handOver(mailbox, 'telegram/taken', 'bot', 'staff-2')).toBe('refused');
    await mailbox.accept(message('anybody there?', { chat: 'taken' }));
    await mailbox.settle();
    expect(texts(said)).toEqual(['1: first']);
    const staffWord = { ...message('I am here', { chat: 'taken', id: 's1' }), role: 'staff' as const };
    expect(await mailbox.enqueue(staffWord)).toEqual({ type: 'accepted' });
    await mailbox.settle();
    expect(texts(said)).toEqual(['1: first', 'I am here']);
    const lines = await transcript.read('telegram/taken', 0, 10);
    expect(lines.map(({ activity }) => activity.type === 'message' && activity.text)).toEqual([
      'first', '1: first', 'anybody there?', 'I am here',
    ]); // prettier-ignore
    await handOver(mailbox, 'telegram/taken', 'staff-1', 'bot');
    await mailbox.accept(message('thanks', { chat: 'taken' }));
    await mailbox.settle();
    expect(texts(said).at(-1)).toBe('2: thanks');
  });

  it('is silent from the moment of the handover, also to what is written in that moment (6)', async () => {
    const { store } = await openStore();
    const { mailbox, said, conversations } = createHarness(store);
    await mailbox.accept(message('first', { chat: 'moment' }));
    await mailbox.settle();
    const handedOver = handOver(mailbox, 'telegram/moment', 'bot', 'staff-1');
    await Promise.all([handedOver, mailbox.accept(message('second', { chat: 'moment' }))]);
    await mailbox.settle();
    expect(texts(said)).toEqual(['1: first']);
    expect(await conversations.findOne({ _id: 'telegram/moment' })).toMatchObject({ sequence: 3, inbox: [] });
  });

  it('says nothing that it made before a handover, also when it was given back before anybody looked (6)', async () => {
    const { store } = await openStore();
    let away = true;
    const send = async (): Promise<void> => {
      if (away) throw new SendError('unavailable', 'the provider is away');
    };
    const { mailbox, said, clock, transcript } = createHarness(store, { send });
    await mailbox.accept(message('first', { chat: 'back' }));
    await mailbox.settle();
    away = false;
    await handOver(mailbox, 'telegram/back', 'bot', 'staff-1');
    await handOver(mailbox, 'telegram/back', 'staff-1', 'bot');
    clock.advance(60_000);
    await mailbox.accept(message('second', { chat: 'back' }));
    await mailbox.settle();
    expect(texts(said)).toEqual(['2: second']);
    const lines = await transcript.read('telegram/back', 0, 10);
    expect(lines.map(({ activity }) => activity.type === 'message' && activity.text)).toEqual(['first', 'second', '2: second']); // prettier-ignore
  });

  it('writes a conversation that rests once for each turn, where its channel reads the transcript', async () => {
    const { store } = await openStore();
    const conversations = store.collection<ConversationRecord>('conversations');
    let writes = 0;
    const counted: Collection<ConversationRecord> = {
      ...conversations,
      findOneAndUpdate: (...args) => ((writes += 1), conversations.findOneAndUpdate(...args)),
    };
    const { mailbox } = createHarness(store, { readsTranscript: true, conversations: counted });
    await mailbox.accept(message('first', { chat: 'rests' }));
    await mailbox.settle();
    writes = 0;
    await mailbox.accept(message('second', { chat: 'rests' }));
    await mailbox.settle();
    expect(writes).toBe(store.ordered ? 1 : 2);
  });

  it('delivers at least once, and in order, through a channel that fails for a while (7)', async () => {
    const { store } = await openStore();
    let down = true;
    const send = async () => {
      if (down) throw new SendError('unavailable', 'down');
    };
    const { mailbox, said, clock } = createHarness(store, { send });
    for (const text of ['one', 'two', 'three']) await mailbox.accept(message(text, { chat: 'down' }));
    await mailbox.settle();
    expect(said).toEqual([]);
    down = false;
    clock.advance(60_000);
    await mailbox.settle();
    expect(texts(said)).toEqual(['1: one', '2: two', '3: three']);
  });

  it('says what the organisation has to tell also while staff own the conversation', async () => {
    const { store } = await openStore();
    const { mailbox, said } = createHarness(store);
    await mailbox.accept(message('first', { chat: 'told' }));
    await mailbox.settle();
    await handOver(mailbox, 'telegram/told', 'bot', 'staff-1');
    await mailbox.enqueue(notice('the committee has decided', 'told'));
    await mailbox.settle();
    expect(texts(said)).toEqual(['1: first', 'the committee has decided']);
  });

  it('says what a turn has caused after the replies of the turn, however early it was enqueued', async () => {
    const { store } = await openStore();
    const { mailbox, said } = createHarness(store, {
      async perform([effect]) {
        await mailbox.enqueue({ ...notice('caused', 'caused'), replyToId: effect?.replyToId ?? '' });
        await mailbox.enqueue(notice('meanwhile', 'caused'));
      },
    });
    await mailbox.accept(message('help me', { chat: 'caused' }));
    await mailbox.accept(message('thanks', { chat: 'caused' }));
    await mailbox.settle();
    expect(texts(said)).toEqual(['meanwhile', '1: help me', 'caused', '2: thanks']);
  });

  it('hands on a notice that its channel does not take, once, with its words', async () => {
    const { store } = await openStore();
    const send = async () => {
      throw new SendError('blocked', 'the person has left');
    };
    const { mailbox, performed } = createHarness(store, { send });
    await mailbox.accept(message('first', { chat: 'left' }));
    await mailbox.settle();
    await mailbox.enqueue(notice('come and see us', 'left'));
    await mailbox.settle();
    expect(performed).toMatchObject([
      { conversation: 'telegram/left', effect: { type: 'notice_refused', notice: { text: 'come and see us' } } },
    ]);
  });

  it('waits as long as the provider asks (7)', async () => {
    const { store } = await openStore();
    let tries = 0;
    const send = async () => {
      tries += 1;
      if (tries === 1) throw new SendError('rate_limited', 'too fast', { retryAfter: 30_000 });
    };
    const { mailbox, said, clock } = createHarness(store, { send });
    await mailbox.accept(message('hello', { chat: 'paced' }));
    await mailbox.settle();
    clock.advance(29_000);
    await mailbox.settle();
    expect(tries).toBe(1);
    clock.advance(1000);
    await mailbox.settle();
    expect(texts(said)).toEqual(['1: hello']);
  });

  it('records what a channel refuses for good, and goes on with the next (7)', async () => {
    const { store } = await openStore();
    const send = async ({ text }: MessageActivity) => {
      if (text === '1: bad') throw new SendError('invalid', 'refused');
    };
    const { mailbox, messages, said } = createHarness(store, { send });
    await mailbox.accept(message('bad', { chat: 'refused' }));
    await mailbox.accept(message('good', { chat: 'refused' }));
    await mailbox.settle();
    expect(texts(said)).toEqual(['2: good']);
    const lines = await messages.find(
      { conversation: 'telegram/refused', sequence: { $gt: 0 } },
      { sort: { sequence: 1 } },
    );
    expect(lines.map(({ delivery }) => delivery)).toContainEqual({ status: 'failed', kind: 'invalid' });
  });

  it('answers by replyToId, and numbers the transcript without gaps (9)', async () => {
    const { store } = await openStore();
    const { mailbox, transcript, said } = createHarness(store);
    await mailbox.accept(message('why', { chat: 'trace', id: 'q1' }));
    await mailbox.settle();
    await mailbox.accept(message('and how', { chat: 'trace', id: 'q2' }));
    await mailbox.settle();
    expect(said.map(({ replyToId }) => replyToId)).toEqual(['q1', 'q2']);
    const lines = await transcript.read('telegram/trace', 0, 10);
    expect(lines.map(({ sequence, activity }) => [sequence, activity.id])).toEqual([
      [1, 'q1'], [2, 'q1.1'], [3, 'q2'], [4, 'q2.1'],
    ]); // prettier-ignore
  });

  it('takes up by itself what a dead process has left', async () => {
    const { store } = await openStore();
    const { mailbox, conversations, said, clock } = createHarness(store, { leaseMs: 60_000 });
    await mailbox.accept(message('hello', { chat: 'orphan' }));
    await mailbox.settle();
    const left = enclose(testSeal, { id: 'left', activity: message('left', { chat: 'orphan', id: 'left' }) });
    const fromEarlierVersion = { id: 'old', activity: message('old', { chat: 'orphan', id: 'old' }) };
    await conversations.findOneAndUpdate(
      { _id: 'telegram/orphan' },
      { $set: { inbox: [fromEarlierVersion, left], lease: 'a dead process', due: clock.now() + 60_000 } },
    );
    await mailbox.settle();
    expect(said).toHaveLength(1);
    clock.advance(60_001);
    await mailbox.settle();
    expect(texts(said)).toEqual(['1: hello', '2: old', '3: left']);
  });

  it('asks the channel to send again later when two thousand messages wait', async () => {
    const { store } = await openStore();
    const { mailbox, conversations, clock } = createHarness(store);
    await mailbox.accept(message('hello', { chat: 'full' }));
    await mailbox.settle();
    const waiting = Array.from({ length: 2000 }, (_, index) => ({ id: `w${index}`, sealed: '' }));
    await conversations.findOneAndUpdate(
      { _id: 'telegram/full' },
      { $set: { inbox: waiting, lease: 'somebody', due: clock.now() + 1e9 } },
    );
    expect(await mailbox.accept(message('one more', { chat: 'full' }))).toEqual({ type: 'full' });
  });
});
