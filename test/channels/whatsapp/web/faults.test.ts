import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { DeliveryPorts, DeliveryReport } from '../../../../src/channels/channel.js';
import { isAlive } from '../../../../src/channels/whatsapp/web/browser-process.js';
import { contentTypes, type MessageActivity } from '../../../../src/core/activity.js';
import { noBrowser } from '../../../fixtures/chromium.js';
import { createRecordingPorts } from '../../contract.js';
import { createKeep, startWorld, type World, type WorldOptions } from './harness.js';
import { eventually } from '../../../fixtures/eventually.js';

const person = '966512345678@c.us';
/** Of a page that hangs: what does not hang takes less, also on a busy machine. */
const hasty = { watch: 100, call: 3_000, load: 15_000, takeover: 200 };

const reply = (text: string, own: Partial<MessageActivity> = {}): MessageActivity => ({
  channelId: 'whatsapp',
  conversation: { id: person },
  from: { id: person },
  type: 'message',
  id: `reply to ${text}`,
  timestamp: new Date().toISOString(),
  role: 'bot',
  text,
  ...own,
});

describe.skipIf(noBrowser !== undefined)('WhatsApp Web, the real library in a real Chromium:', () => {
  let world: World;
  let mailbox: ReturnType<typeof createRecordingPorts>;
  let reports: DeliveryReport[];

  async function begin(options: Partial<WorldOptions> = {}): Promise<void> {
    mailbox = createRecordingPorts();
    reports = [];
    const reported: DeliveryPorts['reported'] = async (report) => {
      reports.push(report);
      return { type: 'recorded' };
    };
    world = await startWorld({ ports: { ...mailbox.ports, reported }, ...options });
  }

  const last = 'آخر رسالة';
  /** The page tells the phone in order: when it knows of this one, it knows of all before. */
  async function sendsTheLast(): Promise<void> {
    await world.channel.send(reply(last));
    await eventually(() => expect(world.phone.sent.at(-1)?.body).toBe(last));
  }

  /** Closes the world, and fails when one of its browsers is left. */
  afterEach(() => world.close());

  it('shows a QR code, takes its successors, and is connected when it was scanned; then nobody sees a code any more', async () => {
    await begin({ next: { state: 'UNPAIRED', synced: false } });
    const details = () => world.channel.details?.();
    await eventually(() => expect(details()).toMatchObject({ step: 'qr', qr: 'ref-0,AQID,BAU=,secret,1' }));
    expect(world.channel.state().state).toBe('failing');
    await expect(world.channel.send(reply('مبكر'))).rejects.toMatchObject({ kind: 'unauthorised', retryable: true });

    world.phone.tell({ type: 'qr', ref: 'ref-1' });
    await eventually(() => expect(details()?.qr).toMatch(/^ref-1,/));
    expect(world.shown).toEqual([{ qr: 'ref-0,AQID,BAU=,secret,1' }, { qr: 'ref-1,AQID,BAU=,secret,1' }]);

    world.phone.tell({ type: 'state', state: 'UNPAIRED_IDLE' });
    await eventually(() => expect(world.phone.told).toContainEqual({ type: 'refresh_qr' }));

    world.phone.tell({ type: 'state', state: 'CONNECTED' });
    world.phone.tell({ type: 'sync' });
    await world.connected();
    expect(details()).not.toHaveProperty('qr');
    expect(world.channel.state()).toMatchObject({ state: 'on' });

    // The page says "synced" once more, as it does after every sync.
    world.phone.tell({ type: 'sync' });
    world.phone.writes({ chat: person, body: 'بعد المزامنة' });
    await eventually(() => expect(mailbox.texts()).toEqual(['بعد المزامنة']));
    world.phone.tell({ type: 'listeners' });
    await eventually(() => expect(world.phone.told.at(-1)).toEqual({ type: 'listeners', count: 1 }));

    world.phone.tell({ type: 'state', state: 'UNPAIRED' });
    await eventually(() => expect(world.links).toHaveLength(2));
    expect(world.keep.saved()).toBeUndefined();
  });

  it('asks for a pairing code when a number is given', async () => {
    await begin({ next: { state: 'UNPAIRED', synced: false }, own: { pairWith: '966500000001' } });
    const code = { step: 'pairing_code', pairingCode: 'WASL2026' };
    await eventually(() => expect(world.channel.details?.()).toMatchObject(code));
    const pairing = { type: 'pairing', phone: '966500000001' };
    await eventually(() => expect(world.phone.told).toContainEqual(pairing));
  });

  it('is ready when the page was done before the library listened; takes and gives every kind; survives a reload', async () => {
    await begin();
    await world.connected();

    // Everything that a person may send, and what is none of our business.
    const lid = '77700@lid';
    world.phone.writes({ chat: '1203@g.us', from: person, body: 'في المجموعة' });
    world.phone.writes({ chat: 'status@broadcast', from: person, isStatusV3: true, body: 'حالة' });
    world.phone.writes({ chat: person, broadcast: true, body: 'نشرة' });
    world.phone.writes({ chat: person, fromMe: true, body: 'من جوال الجمعية' });
    world.phone.writes({ chat: person, type: 'e2e_notification' });
    world.phone.writes({ chat: lid, body: 'هلا', notifyName: 'أم خالد' });
    world.phone.writes({ chat: lid, type: 'ptt', mimetype: 'audio/ogg', content: 'b2dn', duration: '3' });
    world.phone.writes({
      chat: lid,
      type: 'image',
      mimetype: 'image/jpeg',
      caption: 'الهوية',
      body: '/9j/',
      content: 'anBn',
    });
    world.phone.writes({
      chat: lid,
      type: 'document',
      filename: 'تقرير.pdf',
      mimetype: 'application/pdf',
      content: 'cGRm',
    });
    world.phone.writes({ chat: lid, type: 'document', filename: 'قديم.pdf', content: 'cGRm', gone: true });
    world.phone.writes({ chat: lid, type: 'location', lat: 24.7, lng: 46.6, body: '/9j/' });
    world.phone.writes({
      chat: lid,
      type: 'vcard',
      body: 'BEGIN:VCARD\nTEL;waid=966512345678:+966 51 234 5678\nEND:VCARD',
    });
    world.phone.writes({ chat: lid, type: 'sticker', directPath: '/s' });
    await eventually(() => expect(mailbox.messages()).toHaveLength(8));
    expect(mailbox.messages().map(({ conversation }) => conversation.id)).toEqual(Array(8).fill(lid));
    expect(mailbox.messages()[0]).toMatchObject({ from: { id: lid, name: 'أم خالد' }, text: 'هلا' });
    expect(mailbox.messages().map(({ text, attachments: [one] = [] }) => [text, one?.name, one?.content])).toEqual([
      ['هلا', undefined, undefined],
      [undefined, 'voice.ogg', undefined],
      ['الهوية', 'photo.jpg', undefined],
      [undefined, 'تقرير.pdf', undefined],
      [undefined, undefined, { kind: 'file-unavailable' }],
      [undefined, undefined, { latitude: 24.7, longitude: 46.6 }],
      [undefined, undefined, { phone: '+966512345678', own: false }],
      [undefined, undefined, { kind: 'sticker' }],
    ]);
    expect([...mailbox.files.values()].map(({ bytes }) => Buffer.from(bytes).toString())).toEqual([
      'ogg',
      'jpg',
      'pdf',
    ]);

    // Out: choices as numbers, then a file.
    const actions = ['نعم', 'لا'].map((title) => ({ type: 'imBack' as const, title, value: title }));
    const attachments = [{ contentType: 'application/pdf', contentUrl: 'wasl-file:file-3', name: 'ملخص.pdf' }];
    const answer = reply('موافق؟', { suggestedActions: { actions }, attachments });
    await world.channel.send(answer);
    await eventually(() =>
      expect(world.phone.sent.map(({ body, filename, content }) => ({ body, filename, content }))).toEqual([
        { body: 'موافق؟\n\n١. نعم\n٢. لا', filename: undefined, content: undefined },
        { body: undefined, filename: 'ملخص.pdf', content: 'cGRm' },
      ]),
    );
    world.phone.ticks(2);
    world.phone.ticks(3);
    const { conversation, id: activityId } = answer;
    await eventually(() =>
      expect(reports).toEqual([
        { conversation, activityId, delivery: { status: 'delivered' } },
        { conversation, activityId, delivery: { status: 'read' } },
      ]),
    );
    expect(world.phone.typing).toEqual([person]);
    await expect(world.channel.send(reply('من أنت', { conversation: { id: '999@c.us' } }))).rejects.toMatchObject({
      kind: 'not_found',
      retryable: false,
    });

    // A reload takes the library's helpers away while the socket already says CONNECTED. It has its chats when we say so.
    world.phone.next.synced = false;
    world.phone.tell({ type: 'navigate', to: 'https://web.whatsapp.com/' });
    await eventually(() => expect(world.step()).toBe('starting'));
    await expect(world.channel.send(reply('أثناء التحميل'))).rejects.toMatchObject({ kind: 'unavailable' });
    await eventually(() => expect(world.phone.loads()).toBe(2));
    world.phone.tell({ type: 'sync' });
    await world.connected();
    world.phone.writes({ chat: lid, body: 'بعد التحميل' });
    await eventually(() => expect(mailbox.texts().at(-1)).toBe('بعد التحميل'));
    await world.channel.send(reply('أثناء التحميل'));
    await eventually(() => expect(world.phone.sent.at(-1)?.body).toBe('أثناء التحميل'));
    expect(world.links, 'it is still the first process').toHaveLength(1);
    expect(mailbox.messages().some(({ attachments: files = [] }) => files[0]?.contentType === contentTypes.card)).toBe(
      false,
    );
  });

  it('does not send twice what was sent without a word of it, and sends what was not', async () => {
    await begin({ own: { timing: hasty } });
    await world.connected();
    await world.phone.sendsWith(['sends and hangs', 'hangs', 'throws']);

    await expect(world.channel.send(reply('تم استلام طلبك'))).rejects.toMatchObject({ kind: 'unavailable' });
    await world.channel.send(reply('تم استلام طلبك'));
    await eventually(() => expect(world.phone.sent.map(({ body }) => body)).toEqual(['تم استلام طلبك']));

    // The same words as another reply are another message.
    const again = reply('تم استلام طلبك', { id: 'another' });
    await expect(world.channel.send(again)).rejects.toMatchObject({ kind: 'unavailable' });
    await expect(world.channel.send(again)).rejects.toMatchObject({ kind: 'unavailable' });
    await world.channel.send(again);
    await sendsTheLast();
    expect(world.phone.sent.map(({ body }) => body)).toEqual(['تم استلام طلبك', 'تم استلام طلبك', last]);
  });

  const pictured = { contentType: 'image/png', contentUrl: 'wasl-file:picture', name: 'الخريطة.png' };
  it.each([
    { what: 'words', answer: reply('رقم طلبك'), sent: 'chat' },
    { what: 'a picture', answer: reply('', { attachments: [pictured] }), sent: 'image' },
  ])(
    'finds $what that it had sent just before its browser was killed, though the new page shows the newest message only',
    async ({ answer, sent }) => {
      await begin();
      mailbox.files.set('picture', {
        file: { id: 'picture', name: 'الخريطة.png', contentType: 'image/png', size: 3 },
        bytes: Buffer.from('png'),
      });
      await world.connected();
      await world.phone.sendsWith(['sends and hangs']);
      const sending = world.channel.send(answer);
      await eventually(() => expect(world.phone.sent).toHaveLength(1));
      process.kill(world.browsers[0] ?? 0, 'SIGKILL');
      await expect(sending).rejects.toMatchObject({ kind: 'unavailable' });
      world.phone.writes({ chat: person, body: 'طيب' });
      await world.connected();
      await world.channel.send(answer);
      await sendsTheLast();
      expect(world.phone.sent.map(({ type }) => type)).toEqual([sent, 'chat']);
      expect(world.phone.sent[0]?.body).toBe(answer.text || undefined);
    },
  );

  it('takes a session back that another browser has taken, and keeps what is saved of it', async () => {
    await begin();
    await world.connected();
    world.phone.tell({ type: 'state', state: 'CONFLICT' });
    await eventually(() => expect(world.step()).toBe('conflict'));
    await eventually(() => expect(world.phone.told).toContainEqual({ type: 'takeover' }));
    world.phone.tell({ type: 'state', state: 'CONNECTED' });
    await world.connected();
    expect(world.links).toHaveLength(1);
    expect(existsSync(join(world.folder, 'profile', 'Default'))).toBe(true);
  });

  it.each([
    { what: 'its browser', kill: ({ browsers }: World) => process.kill(browsers[0] ?? 0, 'SIGKILL') },
    { what: 'its process', kill: ({ links }: World) => links[0]?.kill() },
  ])('starts anew when somebody kills $what, and accepts once what came meanwhile', async ({ kill }) => {
    await begin();
    await world.connected();
    world.phone.writes({ chat: person, body: 'قبل' });
    await eventually(() => expect(mailbox.texts()).toEqual(['قبل']));
    kill(world);
    await eventually(() => expect(world.step()).not.toBe('connected'));
    for (const body of ['أثناء ١', 'أثناء ٢', 'أثناء ٣']) world.phone.writes({ chat: person, body });
    await world.connected();
    world.phone.writes({ chat: person, body: 'بعد' });
    await eventually(() => expect(mailbox.texts()).toEqual(['قبل', 'أثناء ١', 'أثناء ٢', 'أثناء ٣', 'بعد']));
    await eventually(() => expect(world.phone.unseen()).toBe(0));
    expect(await isAlive(world.browsers[0] ?? 0)).toBe(false);
    expect(world.browsers).toHaveLength(2);
  });

  it('outlives a reload into a page that is not WhatsApp, which the library answers with an unhandled rejection', async () => {
    await begin({ own: { timing: { watch: 100, call: 15_000, load: 3_000, takeover: 200 } } });
    await world.connected();
    world.phone.next.version = null;
    world.phone.tell({ type: 'navigate', to: 'https://web.whatsapp.com/' });
    await eventually(() => expect(world.channel.state().reason).toMatch(/not understood/));
    expect(world.channel.state().state).toBe('failing');
    world.phone.next.version = 'stub';
    await world.connected();
  });

  it('starts a page anew that hangs, and one that has gone deaf', async () => {
    const keep = createKeep();
    await keep.heard.write({ from: 0, until: Math.floor(Date.now() / 1000) - 3600 });
    const care = { heartbeat: 300, retry: 100, longestRetry: 400, firstSave: 3_600_000, look: 300 };
    await begin({ keep, own: { care, timing: hasty } });
    await world.connected();
    world.phone.tell({ type: 'block' });
    await eventually(() => expect(world.links).toHaveLength(2));
    await world.connected();
    world.phone.writes({ chat: person, body: 'يسمع' });
    await eventually(() => expect(mailbox.texts()).toEqual(['يسمع']));

    world.phone.tell({ type: 'deaf' });
    world.phone.writes({ chat: person, body: 'ما أحد يسمع', t: Math.floor(Date.now() / 1000) - 60 });
    await eventually(() => expect(world.links).toHaveLength(3));
    await world.connected();
    expect(mailbox.texts(), 'what it kept to itself was asked for').toEqual(['يسمع', 'ما أحد يسمع']);
  });

  it('hands its session to another machine when it stops', async () => {
    await begin();
    await world.connected();
    await world.channel.stop();
    expect(world.keep.saved()).toBe('saved-1');
    const first = world;
    await begin({ keep: first.keep });
    await world.connected();
    expect(await readdir(join(world.folder, 'profile', 'Default'))).toContain('Local Storage');
    await first.close();
  });
});

it.skipIf(noBrowser === undefined)(`is skipped: ${noBrowser}`, () => undefined);
