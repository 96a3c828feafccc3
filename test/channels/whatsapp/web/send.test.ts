import { Readable } from 'node:stream';
import { describe, expect, it, vi } from 'vitest';
import { CallFailed, type Link } from '../../../../src/channels/whatsapp/web/link.js';
import { createPacing } from '../../../../src/channels/whatsapp/web/pacing.js';
import { createSender } from '../../../../src/channels/whatsapp/web/send.js';
import type { MessageActivity } from '../../../../src/core/activity.js';
import { systemClock } from '../../../../src/core/clock.js';
import { SendError } from '../../../../src/core/errors.js';
import { createRecordingPorts } from '../../contract.js';

const chat = '966512345678@c.us';
const reply = (own: Partial<MessageActivity> = {}): MessageActivity => ({
  channelId: 'whatsapp',
  conversation: { id: chat },
  from: { id: chat },
  type: 'message',
  id: 'r1',
  timestamp: new Date().toISOString(),
  role: 'bot',
  text: 'تم',
  ...own,
});

/** A sender over a page that does what `send` says; `out` is what has left. */
function setUp(
  send: () => void = () => undefined,
  before: { text: string; t: number }[] = [],
  { clock = systemClock, behind = 0 } = {},
) {
  const out = [...before];
  const calls: string[] = [];
  const call = async (name: string, ask: { text?: string; since?: number }) => {
    calls.push(name);
    if (name === 'find_sent')
      return out.flatMap(({ text, t }, index) => (text === ask.text && t >= (ask.since ?? 0) ? [`m${index}`] : []));
    if (name !== 'send_text' && name !== 'send_file') return null;
    out.push({ text: ask.text ?? '', t: Math.floor(Date.now() / 1000) - behind });
    send();
    return { id: `m${out.length - 1}` };
  };
  const { files } = createRecordingPorts().ports;
  const receipts: string[] = [];
  const failed = vi.fn<(kind: string) => void>();
  const sender = createSender({
    link: () => ({ call: call as Link['call'] }),
    step: () => 'connected',
    files,
    pacing: createPacing({ messagesPerMinute: 60_000, typingMs: 0 }),
    receipts: { sent: (id, { activityId }) => void receipts.push(`${activityId}: ${id}`) },
    clock,
    failed,
  });
  return { sender, out, calls, failed, receipts, files };
}

const times = (count: number, error: () => Error): (() => void) => {
  let left = count;
  return () => {
    left -= 1;
    if (left >= 0) throw error();
  };
};

describe('a reply', () => {
  it.each(['timeout', 'gone', 'failed'] as const)(
    'whose sending ended with "%s" is looked for, not sent again',
    async (failure) => {
      const { sender, out, calls, failed } = setUp(times(1, () => new CallFailed(failure)));
      await expect(sender.send(reply())).rejects.toMatchObject({ kind: 'unavailable', retryable: true });
      await sender.send(reply());
      expect(out).toHaveLength(1);
      expect(calls.filter((name) => name === 'find_sent')).toHaveLength(1);
      expect(failed).toHaveBeenCalledWith(failure);
    },
  );

  it('that a process before us may have sent is looked for first', async () => {
    const made = Date.now() - 60_000;
    const old = reply({ timestamp: new Date(made).toISOString() });
    const there = setUp(undefined, [{ text: 'تم', t: Math.floor(made / 1000) + 5 }]);
    await there.sender.send(old);
    expect(there.out).toHaveLength(1);
    const notThere = setUp(undefined, [{ text: 'تم', t: Math.floor(made / 1000) - 5 }]);
    await notThere.sender.send(old);
    expect(notThere.out).toHaveLength(2);
  });

  it('that another machine may have sent while it held the session is looked for first', async () => {
    let behind = 60_000;
    const { sender, out } = setUp(undefined, [], { clock: { now: () => Date.now() - behind } });
    behind = 0;
    const made = Date.now() - 10_000;
    const answer = reply({ timestamp: new Date(made).toISOString() });
    out.push({ text: 'تم', t: Math.floor(made / 1000) + 5 });
    sender.open();
    await sender.send(answer);
    expect(out).toHaveLength(1);
  });

  it('is found also where the clock of WhatsApp is behind ours', async () => {
    const gone = times(1, () => new CallFailed('gone'));
    let now = Date.now() - 3_600_000;
    const { sender, out } = setUp(gone, [], { clock: { now: () => now }, behind: 500 });
    now = Date.now();
    await expect(sender.send(reply())).rejects.toMatchObject({ kind: 'unavailable' });
    await sender.send(reply());
    expect(out).toHaveLength(1);
  });

  it('is known for its receipts by the last message that it became', async () => {
    const { sender, receipts, out, files } = setUp();
    const { id } = await files.save(Readable.from([Buffer.from('%PDF')]), { name: 'ملخص.pdf' });
    const attachments = [{ contentType: 'application/pdf', contentUrl: `wasl-file:${id}` }];
    await sender.send(reply({ attachments }));
    expect(out).toHaveLength(2);
    expect(receipts).toEqual(['r1: m1']);
  });

  it('that comes a second time, because somebody lost patience, leaves once', async () => {
    const { sender, out } = setUp();
    await Promise.all([sender.send(reply()), sender.send(reply())]);
    expect(out).toHaveLength(1);
  });

  it('is another one in another chat, though it has the same id', async () => {
    const { sender, out } = setUp();
    await sender.send(reply());
    await sender.send(reply({ conversation: { id: '77700@lid' } }));
    expect(out).toHaveLength(2);
  });

  it('with nothing to show is refused for good', async () => {
    const { sender } = setUp();
    await expect(sender.send(reply({ text: ' ' }))).rejects.toMatchObject({ kind: 'invalid', retryable: false });
  });

  it('waits in its mailbox when too many wait, and when we are about to stop', async () => {
    const { sender } = setUp();
    const all = await Promise.allSettled(
      Array.from({ length: 9 }, (_, index) => sender.send(reply({ id: `r${index}` }))),
    );
    const refused = all.filter((each) => each.status === 'rejected').map(({ reason }) => reason);
    expect(refused.length).toBeGreaterThan(0);
    for (const reason of refused) expect(reason).toMatchObject({ kind: 'rate_limited', retryAfter: 5_000 });
    await sender.close();
    await expect(sender.send(reply({ id: 'late' }))).rejects.toBeInstanceOf(SendError);
    sender.open();
    await expect(sender.send(reply({ id: 'late' }))).resolves.toBeUndefined();
  });
});

describe('the pace', () => {
  function clocked(messagesPerMinute: number) {
    let now = 0;
    const wait = async (ms: number): Promise<void> => void (now += ms);
    const pacing = createPacing({ messagesPerMinute, typingMs: 3_000, now: () => now, wait, chance: () => 0.5 });
    return { pacing, now: () => now };
  }

  it('keeps to so many a minute, and sends who would wait long back to their mailbox', async () => {
    const { pacing, now } = clocked(20);
    for (let message = 0; message < 20; message += 1) await pacing.turn();
    expect(now()).toBe(57_000);
    const slow = clocked(2).pacing;
    await slow.turn();
    await expect(slow.turn()).rejects.toMatchObject({ kind: 'rate_limited', retryAfter: 25_000 });
  });

  it('types longer texts longer, up to a limit', async () => {
    const typed = async (text: string): Promise<number> => {
      const { pacing, now } = clocked(20);
      await pacing.typing(text);
      return now();
    };
    const [short, long, longest] = [await typed('نعم'), await typed('ن'.repeat(60)), await typed('ن'.repeat(4000))];
    expect(short).toBeLessThan(long);
    expect(long).toBeLessThan(longest);
    expect(longest).toBe(2_700);
  });
});
