import { afterEach, describe, expect, it } from 'vitest';
import { CallFailed, type Link } from '../../../../src/channels/whatsapp/web/link.js';
import type { Heard } from '../../../../src/channels/whatsapp/web/ports.js';
import type { WireMessage } from '../../../../src/channels/whatsapp/web/protocol.js';
import { createReceiver } from '../../../../src/channels/whatsapp/web/receive.js';
import { silentLog } from '../../../../src/core/log.js';
import { createRecordingPorts } from '../../contract.js';
import { eventually, until } from '../../../fixtures/eventually.js';

const chat = '966512345678@c.us';
const now = (): number => Math.floor(Date.now() / 1000);
const message = (text: string, own: Partial<WireMessage> = {}): WireMessage => ({
  id: `false_${chat}_${text}`,
  chat,
  type: 'chat',
  text,
  at: now(),
  ...own,
});

function setUp(before?: Heard) {
  const mailbox = createRecordingPorts();
  const page = {
    missed: [] as WireMessage[],
    since: [] as number[],
    media: 0,
    broken: 0,
    away: false,
    looks: 0,
    full: '',
  };
  const kept: { heard: Heard | undefined } = { heard: before };
  const call = async (name: string, ask: { since?: number }) => {
    if (name === 'media') page.media += 1;
    if (name === 'media' && page.media <= page.broken) throw new CallFailed('timeout');
    if (name === 'media') return { content: Buffer.from('%PDF') };
    if (name !== 'missed') return null;
    page.since.push(ask.since ?? 0);
    return page.missed.filter(({ at }) => at >= (ask.since ?? 0));
  };
  const receiver = createReceiver({
    ports: {
      ...mailbox.ports,
      accept: async (activity) =>
        activity.conversation.id === page.full ? { type: 'full' } : mailbox.ports.accept(activity),
    },
    heard: { read: async () => kept.heard, write: async (heard) => void (kept.heard = heard) },
    link() {
      page.looks += 1;
      return page.away ? undefined : { call: call as Link['call'] };
    },
    pauseMs: 10,
    maxFileBytes: 1_000,
    log: silentLog,
  });
  return { receiver, mailbox, page, kept };
}

describe('what people write to WhatsApp Web', () => {
  let world: ReturnType<typeof setUp>;
  afterEach(() => world.receiver.stop());

  it('before the phone was linked is not ours; what came while nobody listened is, and comes first', async () => {
    world = setUp();
    const { receiver, mailbox, page, kept } = world;
    page.missed = [message('قبل الربط', { at: now() - 3_600 })];
    await receiver.catchUp();
    await receiver.stop();
    expect(mailbox.texts()).toEqual([]);

    const from = kept.heard?.from ?? 0;
    kept.heard = { from: from - 900, until: from - 300 };
    page.missed = [message('قبل الربط', { at: from - 3_600 }), message('فاتت', { at: from - 100 })];
    receiver.start();
    const asked = receiver.catchUp();
    receiver.hear(message('الآن'));
    expect(await asked, 'somebody should have told of it').toBe(1);
    await eventually(() => expect(mailbox.texts()).toEqual(['فاتت', 'الآن']));
    expect(page.since.at(-1)).toBe(from - 900);
  });

  it('is not noted as heard before it is durable', async () => {
    const start = { from: now() - 1_000, until: now() - 500 };
    world = setUp(start);
    const { receiver, mailbox, kept } = world;
    await receiver.catchUp();
    mailbox.refuse(1_000, new Error('the store is away'));
    receiver.hear(message('تنتظر', { at: now() - 60 }));
    await until(() => mailbox.attempts() > 3);
    await receiver.stop();
    expect(kept.heard).toEqual(start);
  });

  it('in great number is known when it is asked for again, and a file is not fetched twice', async () => {
    world = setUp({ from: now() - 10_000, until: now() - 9_000 });
    const { receiver, mailbox, page } = world;
    await receiver.catchUp();
    const at = now() - 100;
    const all = Array.from({ length: 3_000 }, (_, index) => message(`${index}`, { at }));
    const paper = message('ورقة', { at, type: 'document', text: '', media: { name: 'a.pdf' } });
    for (const one of [...all, paper]) receiver.hear(one);
    await until(() => mailbox.messages().length === 3_001);
    page.missed = [...all, paper];
    expect(await receiver.catchUp()).toBe(0);
    receiver.hear(paper);
    receiver.hear(message('بعدها'));
    await until(() => mailbox.texts().includes('بعدها'));
    expect(page.media).toBe(1);
  });

  it('and could be deciphered only later is taken then, also when it is a file or comes while nobody listens', async () => {
    world = setUp({ from: now() - 1_000, until: now() - 500 });
    const { receiver, mailbox, page } = world;
    await receiver.catchUp();
    const photo = message('صورة', { type: 'image', text: '', media: { name: 'a.jpg' } });
    const word = message('كلمة');
    for (const { id } of [photo, word]) receiver.hear(message('', { id, type: 'ciphertext' }));
    receiver.hear(photo);
    await until(() => mailbox.messages().length === 3);
    page.missed = [word];
    await receiver.catchUp();
    await until(() => mailbox.messages().length === 4);
    const kinds = mailbox.messages().map(({ text, attachments: [file] = [] }) => text ?? file?.name ?? file?.content);
    expect(kinds).toEqual([{ kind: 'ciphertext' }, { kind: 'ciphertext' }, 'a.jpg', 'كلمة']);
    receiver.hear(photo);
    receiver.hear(message('بعدها'));
    await until(() => mailbox.texts().includes('بعدها'));
    expect(page.media).toBe(1);
  });

  it('that is a file has its tries when the page is there, however long it was away', async () => {
    world = setUp();
    const { receiver, mailbox, page } = world;
    await receiver.catchUp();
    Object.assign(page, { away: true, broken: 2, looks: 0 });
    receiver.hear(message('ورقة', { type: 'document', text: '', media: { name: 'a.pdf' } }));
    await until(() => page.looks > 10);
    page.away = false;
    await until(() => mailbox.messages().length === 1);
    expect(mailbox.messages()[0]?.attachments?.[0]?.name).toBe('a.pdf');
    page.broken = page.media + 3;
    receiver.hear(message('أخرى', { type: 'document', text: '', media: { name: 'b.pdf' } }));
    await until(() => mailbox.messages().length === 2);
    expect(mailbox.messages()[1]?.attachments?.[0]?.content).toEqual({ kind: 'file-unavailable' });
  });

  it('and is durable is known, however long another one waits', async () => {
    const start = now() - 4_000;
    world = setUp({ from: start, until: start });
    const { receiver, mailbox, page, kept } = world;
    await receiver.catchUp();
    page.full = '77700@lid';
    receiver.hear(message('تنتظر', { chat: page.full, id: `false_${page.full}_1`, at: start + 100 }));
    const old = message('قديمة', { at: start + 200 });
    for (const one of [old, message('جديدة'), message('بعدها')]) receiver.hear(one);
    await until(() => mailbox.messages().length === 3 && kept.heard?.until === start + 100);
    page.missed = [old];
    expect(await receiver.catchUp()).toBe(0);
  });

  it('that is too large a file is described, and not fetched', async () => {
    world = setUp();
    await world.receiver.catchUp();
    world.receiver.hear(message('كبير', { type: 'document', text: '', media: { name: 'a.pdf', size: 1_001 } }));
    await until(() => world.mailbox.messages().length === 1);
    expect(world.mailbox.messages()[0]?.attachments?.[0]?.content).toEqual({ kind: 'file-too-large' });
    expect(world.page.media).toBe(0);
  });
});
