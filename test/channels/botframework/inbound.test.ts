import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../../../src/core/errors.js';
import { silentLog } from '../../../src/core/log.js';
import type { RecordingPorts } from '../contract.js';
import { createRecordingPorts } from '../contract.js';
import type { Bot } from './setup.js';
import { startBot } from './setup.js';

let bot: Bot;
let mailbox: RecordingPorts;

beforeEach(async () => {
  mailbox = createRecordingPorts();
  bot = await startBot({ ports: mailbox.ports, log: silentLog });
});

afterEach(() => bot.close());

/** What reaches the mailbox when the channel service sends an activity that differs from a plain message by `about`. */
const arrives = async (about: Record<string, unknown>) => {
  const response = await bot.post(bot.activity(about));
  expect(response.status).toBe(200);
  expect(await response.text()).toBe('');
  return mailbox.accepted();
};

describe('an activity of Bot Framework', () => {
  it('becomes one of ours, its ids within the scope of its channel', async () => {
    expect(await arrives({})).toEqual([
      {
        ...bot.address,
        type: 'message',
        id: 'm-1',
        timestamp: '2026-01-05T09:00:00.000Z',
        locale: 'ar-SA',
        role: 'user',
        text: 'السلام عليكم',
      },
    ]);
  });

  it('cannot pass for a person of another channel', async () => {
    const [first] = await arrives({});
    const [, second] = await arrives({ id: 'm-2', channelId: 'msteams' });
    expect(second?.from.id).toBe('msteams|visitor-1');
    expect(second?.conversation.id).not.toBe(first?.conversation.id);
  });

  it('without an id gets one that stays the same when it is sent again', async () => {
    await arrives({ id: undefined });
    await arrives({ id: undefined });
    expect(new Set(mailbox.offeredIds()).size).toBe(1);
    await arrives({ id: undefined, text: 'غيرها' });
    expect(new Set(mailbox.offeredIds()).size).toBe(2);
  });

  it.each([
    ['as text with a mark', { text: 'faq:decision-time', channelData: { postBack: true } }],
    ['as a value', { text: undefined, value: 'faq:decision-time' }],
    ['as the data of a card', { text: undefined, value: { value: 'faq:decision-time' } }],
  ])('that is a pressed button, %s, becomes its value', async (_, about) => {
    const [pressed] = await arrives(about);
    expect(pressed).toMatchObject({ type: 'message', value: 'faq:decision-time' });
    expect(pressed).not.toHaveProperty('text');
  });

  it('that brings a member becomes one arrival of that person', async () => {
    const membersAdded = [{ id: 'bot@1' }, { id: 'visitor-1', name: 'نورة السبيعي' }];
    const accepted = await arrives({ type: 'conversationUpdate', membersAdded, from: { id: 'bot@1' } });
    expect(accepted).toMatchObject([{ type: 'conversationUpdate', from: bot.address.from }]);
  });

  it('that is an event keeps its name and value', async () => {
    const about = { type: 'event', name: 'webchat/language', value: 'en', text: undefined };
    expect(await arrives(about)).toMatchObject([{ type: 'event', name: 'webchat/language', value: 'en' }]);
  });

  it.each([
    ['the bot itself has arrived', { type: 'conversationUpdate', membersAdded: [{ id: 'bot@1' }] }],
    ['somebody has left', { type: 'conversationUpdate', membersRemoved: [{ id: 'visitor-1' }] }],
    ['somebody is typing', { type: 'typing' }],
    ['somebody reacted', { type: 'messageReaction', from: undefined }],
    ['it belongs to a group', { conversation: { id: 'team-1', isGroup: true } }],
    ['its type is unknown', { type: 'handoff' }],
  ])('is taken and ignored when %s', async (_, about) => {
    expect(await arrives(about)).toEqual([]);
  });

  it('that expects its replies in the answer gets them by the connector instead', async () => {
    expect(await arrives({ deliveryMode: 'expectReplies' })).toHaveLength(1);
  });

  it('that names a place becomes a location', async () => {
    const entities = [{ type: 'Place', geo: { latitude: 18.2164, longitude: 42.5053 } }, { type: 'ClientInfo' }];
    expect(await arrives({ text: undefined, entities })).toMatchObject([
      { attachments: [{ contentType: 'application/vnd.wasl.location', content: { latitude: 18.2164 } }] },
    ]);
  });

  it.each([
    ['nothing', { text: undefined }, 'empty'],
    ['the data of a card that is not ours', { text: undefined, value: { amount: 5 } }, 'submit'],
    ['a card', { attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content: {} }] }, 'card'],
  ])('that holds %s is something to answer politely', async (_, about, kind) => {
    expect(await arrives(about)).toMatchObject([{ attachments: [{ content: { kind } }] }]);
  });
});

describe('a file that a person sends', () => {
  it('is fetched, with our token, from the service that the token of the message vouches for', async () => {
    const [activity] = await arrives(file(`${bot.cloud.root}/attachments/1`));
    expect(activity).toMatchObject({
      text: 'الهوية',
      attachments: [{ contentType: 'application/pdf', contentUrl: 'wasl-file:file-1', name: 'هوية.pdf', size: 8 }],
    });
    expect(bot.cloud.fetched).toEqual([{ path: '/attachments/1', authorization: 'Bearer connector-token' }]);
  });

  it.each([
    [
      'another port of the same host',
      () => `http://127.0.0.1:${Number(new URL(bot.cloud.root).port) - 1}/attachments/1`,
    ],
    ['another host name', () => bot.cloud.root.replace('127.0.0.1', 'localhost') + '/attachments/1'],
    ['a name before the host', () => bot.cloud.root.replace('http://', 'http://metadata@evil.') + '/attachments/1'],
    ['a redirect', () => `${bot.cloud.root}/attachments/moved`],
    ['this computer', () => 'file:///etc/passwd'],
    ['no address', () => 'attachments/1'],
  ])('is not fetched by %s; the words are kept', async (_, contentUrl) => {
    const [activity] = await arrives(file(contentUrl()));
    expect(activity).toMatchObject({ text: 'الهوية', attachments: [{ content: { kind: 'file' } }] });
    expect(bot.cloud.fetched.filter(({ path }) => path === '/attachments/1')).toEqual([]);
    expect(mailbox.files.size).toBe(0);
  });

  it('that is refused leaves the words', async () => {
    mailbox.refuseFile(new AppError('file_refused', 'too large'));
    const [activity] = await arrives(file(`${bot.cloud.root}/attachments/1`));
    expect(activity).toMatchObject({ text: 'الهوية', attachments: [{ content: { kind: 'file' } }] });
  });

  it('is not the copy of the text that Teams adds as HTML', async () => {
    const [activity] = await arrives({ attachments: [{ contentType: 'text/html', content: '<p>السلام عليكم</p>' }] });
    expect(activity).not.toHaveProperty('attachments');
  });
});

const file = (contentUrl: string) => ({
  text: 'الهوية',
  attachments: [{ contentType: 'application/pdf', contentUrl, name: 'هوية.pdf' }],
});
