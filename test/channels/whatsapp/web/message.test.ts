import { anything, assert, constantFrom, dictionary, property, record, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toWire } from '../../../../src/channels/whatsapp/web/child/message.js';
import { toInbound } from '../../../../src/channels/whatsapp/web/inbound.js';
import { wireMessage } from '../../../../src/channels/whatsapp/web/protocol.js';

const lid = '77700112233@lid';
const model = (own: object = {}) => ({
  id: { fromMe: false, remote: lid, id: '3A01', _serialized: `false_${lid}_3A01` },
  from: { server: 'lid', user: '77700112233', _serialized: lid },
  t: 1_767_225_600,
  type: 'chat',
  body: 'متى يطلع القرار؟',
  ...own,
});

describe('a message of the page', () => {
  it('becomes an activity of the one who wrote it, whose id is no phone number', () => {
    const wire = toWire(model({ notifyName: 'أم خالد' }));
    expect(wire).toEqual({
      id: `false_${lid}_3A01`,
      chat: lid,
      type: 'chat',
      text: 'متى يطلع القرار؟',
      at: 1_767_225_600,
      name: 'أم خالد',
    });
    expect(wire && toInbound(wire)).toEqual({
      type: 'activity',
      activity: {
        channelId: 'whatsapp',
        conversation: { id: lid },
        from: { id: lid, name: 'أم خالد' },
        id: `false_${lid}_3A01`,
        timestamp: '2026-01-01T00:00:00.000Z',
        role: 'user',
        type: 'message',
        text: 'متى يطلع القرار؟',
      },
    });
  });

  it('belongs to its chat when the page names its sender by the number', () => {
    expect(toWire(model({ from: '966512345678@c.us' }))).toMatchObject({ chat: lid });
  });

  it('is heard again by its own id when it was deciphered late', () => {
    const broken = toWire(model({ type: 'ciphertext', body: undefined }));
    const whole = toWire(model());
    const ids = [broken, whole].map((wire) => wire && toInbound(wire).activity.id);
    expect(new Set(ids).size).toBe(2);
    expect(broken && toInbound(broken).activity.attachments?.[0]?.content).toEqual({ kind: 'ciphertext' });
  });

  it.each([
    ['a group', { from: '1203@g.us', id: { fromMe: false, remote: '1203@g.us', _serialized: 'x' } }],
    ['a member of a group', { id: { fromMe: false, remote: '1203@g.us', _serialized: 'x' } }],
    ['ourselves', { id: { fromMe: true, remote: lid, _serialized: 'x' } }],
    ['a status', { isStatusV3: true }],
    ['a broadcast list', { broadcast: true }],
    ['a channel', { from: '1@newsletter', id: { fromMe: false, remote: '1@newsletter', _serialized: 'x' } }],
    ['the page itself', { type: 'e2e_notification' }],
    ['nobody', { from: undefined }],
  ])('of %s is not for us', (_whose, own) => {
    expect(toWire(model(own))).toBeUndefined();
  });

  it('with an impossible time is from now', () => {
    const wire = toWire(model({ t: 1e20 }));
    expect(wire?.at).toBeGreaterThan(1_700_000_000);
    expect(wire && toInbound(wire).activity.timestamp).toMatch(/^20/);
  });

  it('of whatever shape breaks nothing, and what is taken fits the protocol', () => {
    const types = constantFrom('chat', 'ptt', 'image', 'document', 'location', 'vcard', 'multi_vcard', 'poll_creation');
    assert(
      property(
        types,
        record({ body: anything(), t: anything(), lat: anything(), vcardList: anything(), size: anything() }),
        dictionary(string(), anything()),
        (type, own, more) => {
          const wire = toWire(model({ ...more, ...own, type }));
          const read = wire === undefined ? undefined : toInbound(wireMessage.parse(wire));
          return read === undefined || read.activity.channelId === 'whatsapp';
        },
      ),
    );
  });

  it.each([
    ['BEGIN:VCARD\nTEL;type=CELL;waid=966512345678:+966 51 234 5678\nEND:VCARD', '+966512345678'],
    ['BEGIN:VCARD\nitem1.TEL:0512345678\nEND:VCARD', '0512345678'],
  ])('that is a contact gives its number, and vouches for nobody: %s', (vcard, phone) => {
    const wire = toWire(model({ type: 'vcard', body: vcard }));
    expect(wire && toInbound(wire).activity.attachments?.[0]?.content).toEqual({ phone, own: false });
  });
});
