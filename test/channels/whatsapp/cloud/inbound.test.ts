import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { contentTypes, type MessageActivity } from '../../../../src/core/activity.js';
import { AppError } from '../../../../src/core/errors.js';
import { payload, payloadNames } from '../../../fixtures/graph-server/payloads.mjs';
import { personName, personNumber, reply, startHarness, type Harness } from './harness.js';
import { eventually } from '../../../fixtures/eventually.js';

let harness: Harness;

beforeEach(async () => {
  harness = await startHarness();
});
afterEach(() => harness.close());

async function arrives(content: object): Promise<MessageActivity | undefined> {
  expect(await harness.server.post(harness.person.writes(content))).toBe(200);
  return harness.mailbox.messages().at(-1);
}

const unsupported = (kind: string) => ({ attachments: [{ contentType: contentTypes.unsupported, content: { kind } }] });
const cases: Record<string, object | undefined> = {
  text: { text: 'السلام عليكم' },
  'text-with-context': { text: 'نعم' },
  button: { text: 'وين طلبي؟', value: 'status' },
  'button-reply': { text: 'متى يصدر القرار؟', value: 'faq:decision-time' },
  'list-reply': { text: 'عن المؤسسة', value: 'menu:about' },
  'flow-reply': unsupported('malformed-interactive'),
  sticker: unsupported('sticker'),
  location: { attachments: [{ contentType: contentTypes.location, content: { latitude: 29.97, longitude: 40.2 } }] },
  contacts: {
    attachments: [{ contentType: contentTypes.contact, content: { phone: '+966 50 765 4321', own: false } }],
  },
  'contacts-without-number': unsupported('malformed-contacts'),
  reaction: undefined,
  'reaction-taken-back': undefined,
  order: unsupported('order'),
  system: undefined,
  unsupported: unsupported('unsupported'),
  'unknown-type': unsupported('unknown'),
  'request-welcome': undefined,
};

describe('each kind of message', () => {
  it.each(payloadNames())('%s arrives as what it is', async (name) => {
    expect(Object.keys(cases)).toContain(name);
    const activity = await arrives(payload(name));
    const expected = cases[name];
    expect([activity].filter(Boolean)).toMatchObject(expected === undefined ? [] : [expected]);
  });

  it('of an opened chat greets', async () => {
    await arrives(payload('request-welcome'));
    expect(harness.mailbox.accepted()).toEqual([
      expect.objectContaining({ type: 'conversationUpdate', channelId: 'whatsapp' }),
    ]);
  });
});

describe('who writes', () => {
  it('is the number where there is nothing better, with the name as WhatsApp shows it', async () => {
    expect(await arrives(payload('text'))).toMatchObject({
      conversation: { id: personNumber },
      from: { id: personNumber, name: personName },
    });
  });

  it('is the id that Meta gives, where it gives one', async () => {
    const person = harness.server.user('966500000001', { userId: 'SA.13491208655302741918' });
    await harness.server.post(person.writes(payload('text')));
    expect(harness.mailbox.messages()[0]?.conversation.id).toBe('SA.13491208655302741918');
  });

  it('may have no number, and is answered by that id', async () => {
    const person = harness.server.user('hidden', { userId: 'SA.77', hidesNumber: true });
    await harness.server.post(person.writes(payload('text')));
    const [heard] = harness.mailbox.messages();
    expect(heard?.conversation.id).toBe('SA.77');
    await harness.channel.send(reply('حياك الله', { conversation: { id: 'SA.77' } }));
    expect(harness.server.calls.at(-1)).toMatchObject({ method: 'messages', params: { recipient: 'SA.77' } });
    expect(person.messages.map(({ text }) => text)).toEqual(['حياك الله']);
  });

  it('owns a shared number only when it is the one that the message comes from', async () => {
    const own = { type: 'contacts', contacts: [{ phones: [{ phone: '+966 50 123 4567', wa_id: '966507654321' }] }] };
    const forged = { type: 'contacts', contacts: [{ phones: [{ phone: '+966 50 765 4321', wa_id: personNumber }] }] };
    expect((await arrives(own))?.attachments?.[0]?.content).toMatchObject({ own: true });
    expect((await arrives(forged))?.attachments?.[0]?.content).toMatchObject({ own: false });
  });
});

describe('a file', () => {
  const bytes = Buffer.from('%PDF-1.7 a paper');

  async function sends(kind = 'document', about: object = {}): Promise<MessageActivity | undefined> {
    harness.person.sendsFile(kind, bytes, about);
    await eventually(() => expect(harness.server.pendingCount()).toBe(0));
    return harness.mailbox.messages().at(-1);
  }

  it.each(['image', 'audio', 'video', 'document'])('sent as %s is fetched with the token and stored', async (kind) => {
    const activity = await sends(kind, { caption: 'الهوية' });
    expect(activity?.attachments).toEqual([
      expect.objectContaining({ contentUrl: 'wasl-file:file-1', size: bytes.length }),
    ]);
    expect(harness.mailbox.files.get('file-1')?.bytes).toEqual(bytes);
    expect(harness.server.calls.map(({ method }) => method)).toEqual(['number', 'media', 'download']);
  });

  it('keeps its name and its caption', async () => {
    const activity = await sends('document', { filename: 'تقرير.pdf', caption: 'هذا التقرير' });
    expect(activity).toMatchObject({ text: 'هذا التقرير', attachments: [{ name: 'تقرير.pdf' }] });
  });

  it('whose link has expired is asked for once more', async () => {
    harness.server.fail('download', { status: 404 });
    expect((await sends())?.attachments?.[0]?.contentUrl).toBe('wasl-file:file-1');
  });

  it.each([
    ['the link stays expired', 'download', { status: 404 }],
    ['Meta knows nothing of it', 'media', { status: 400, code: 100 }],
    ['Meta answers nonsense', 'media', { body: '<html>' }],
    ['the connection breaks', 'download', { drop: true }],
  ] as const)('is described when %s, after two tries', async (_why, method, fault) => {
    harness.server.fail(method, fault, 5);
    expect(await sends()).toMatchObject(unsupported('file-unavailable'));
    expect(harness.server.calls.filter((call) => call.method === 'media')).toHaveLength(2);
  });

  it('that is not what it says is described', async () => {
    harness.mailbox.refuseFile(Object.assign(new AppError('file_refused', 'type'), { reason: 'type' }));
    expect(await sends()).toMatchObject(unsupported('file-refused'));
  });

  it('that is too large is described', async () => {
    harness.mailbox.refuseFile(Object.assign(new AppError('file_refused', 'size'), { reason: 'too_large' }));
    expect(await sends()).toMatchObject(unsupported('file-too-large'));
  });

  it('comes again when our store fails', async () => {
    harness.mailbox.refuseFile(new Error('the disk is full'));
    expect((await sends())?.attachments?.[0]?.contentUrl).toBe('wasl-file:file-1');
    expect(harness.mailbox.attempts()).toBe(1);
  });

  it('waits with Meta while our token has ended, and the channel says so', async () => {
    harness.server.expireToken();
    harness.person.sendsFile('document', bytes);
    await eventually(() =>
      expect(harness.channel.state()).toMatchObject({
        state: 'failing',
        reason: expect.stringContaining('WHATSAPP_CLOUD_TOKEN'),
      }),
    );
    expect(harness.mailbox.attempts()).toBe(0);
    harness.server.renewToken();
    await eventually(() =>
      expect(harness.mailbox.messages()[0]?.attachments?.[0]?.contentUrl).toBe('wasl-file:file-1'),
    );
  });

  it('that is delivered ten times at once is fetched once', async () => {
    const delivery = harness.person.sendsFile('document', bytes);
    await Promise.all(Array.from({ length: 10 }, () => harness.server.post(delivery)));
    await eventually(() => expect(harness.server.pendingCount()).toBe(0));
    expect(harness.mailbox.messages()).toHaveLength(1);
    expect(harness.mailbox.files.size).toBe(1);
  });
});
