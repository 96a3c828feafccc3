import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { contentTypes } from '../../../src/core/activity.js';
import type { Activity } from '../../../src/core/activity.js';
import { startHarness } from './harness.js';
import type { Harness } from './harness.js';
import { eventually } from '../../fixtures/eventually.js';

const from = { id: 501234567, is_bot: false, first_name: 'نورة', last_name: 'القحطاني', language_code: 'ar' };
const chat = { id: 501234567, type: 'private', first_name: 'نورة' };
const about = { message_id: 41, from, chat, date: 1_767_225_600 };
const press = { id: '4382', from, chat_instance: '1', data: 'faq:decision-time' };
const keyboard = { inline_keyboard: [[{ text: 'متى القرار؟', callback_data: 'faq:decision-time' }]] };

let harness: Harness;

beforeEach(async () => {
  harness = await startHarness();
  await harness.channel.start();
});

afterEach(() => harness.close());

/** What the mailbox got of this update, with a text behind it to know that the update was passed. */
async function received(update: Record<string, unknown>): Promise<Activity[]> {
  harness.server.push(update);
  harness.server.push({ message: { ...about, message_id: 99, text: 'the end' } });
  await eventually(() => expect(harness.mailbox.texts()).toContain('the end'));
  return harness.mailbox.accepted().slice(0, -1);
}

const header = {
  channelId: 'telegram',
  conversation: { id: '501234567' },
  from: { id: '501234567', name: 'نورة القحطاني' },
  timestamp: '2026-01-01T00:00:00.000Z',
  locale: 'ar',
  role: 'user',
};
const unsupported = (kind: string) => [{ contentType: contentTypes.unsupported, content: { kind } }];
const message = (fields: object) => ({ ...header, type: 'message', id: 'tg-41', ...fields });

describe('a message from Telegram becomes an activity:', () => {
  const place = { latitude: 24.7136, longitude: 46.6753 };
  const contact = { phone_number: '966501234567', first_name: 'نورة' };
  const start = { ...header, type: 'conversationUpdate', id: 'tg-41' };
  test.each<[string, object, object]>([
    ['text', { text: 'متى يطلع القرار؟' }, message({ text: 'متى يطلع القرار؟' })],
    ['Start', { text: '/start' }, start],
    ['Start from a link', { text: '/start ramadan' }, start],
    ['another command', { text: '/help' }, message({ text: '/help' })],
    ['a word that only begins like Start', { text: '/started' }, message({ text: '/started' })],
    [
      'a place',
      { location: place },
      message({ attachments: [{ contentType: contentTypes.location, content: place }] }),
    ],
    [
      'the own number',
      { contact: { ...contact, user_id: 501234567 } },
      message({ attachments: [{ contentType: contentTypes.contact, content: { phone: '966501234567', own: true } }] }),
    ],
    [
      "somebody else's number",
      { contact: { ...contact, user_id: 7 } },
      message({ attachments: [{ contentType: contentTypes.contact, content: { phone: '966501234567', own: false } }] }),
    ],
    [
      'a number without an owner',
      { contact },
      message({ attachments: [{ contentType: contentTypes.contact, content: { phone: '966501234567', own: false } }] }),
    ],
    ['a sticker', { sticker: { file_id: 's' } }, message({ attachments: unsupported('sticker') })],
    ['a poll', { poll: { id: '1', question: '?' } }, message({ attachments: unsupported('poll') })],
    ['a die', { dice: { emoji: '🎲', value: 3 } }, message({ attachments: unsupported('dice') })],
    ['what does not exist yet', { hologram: {} }, message({ attachments: unsupported('unknown') })],
    ['a place off the globe', { location: { latitude: 1e9 } }, message({ attachments: unsupported('unknown') })],
    ['text that is no text', { text: { evil: true } }, message({ attachments: unsupported('unknown') })],
  ])('%s', async (_what, content, expected) => {
    expect(await received({ message: { ...about, ...content } })).toEqual([expected]);
  });

  test('without a date or a name it has our time and no name', async () => {
    const [activity] = await received({ message: { message_id: 41, chat, date: 9e99, text: 'هلا' } });
    expect(activity).toMatchObject({ timestamp: '2026-01-01T00:00:00.000Z', from: { id: '501234567' } });
    expect(activity?.from).not.toHaveProperty('name');
  });

  test('a corrected text is a message of its own', async () => {
    const [activity] = await received({ edited_message: { ...about, text: 'نورة', edit_date: 1_767_225_700 } });
    expect(activity).toMatchObject({ type: 'message', id: 'tg-41-1767225700', text: 'نورة' });
  });
});

const buttons = () =>
  harness.person.messages
    .at(-1)
    ?.reply_markup?.inline_keyboard.flat()
    .map(({ text }) => text);

describe('a pressed button', () => {
  test('brings its value, its title and the id of the press', async () => {
    const query = { ...press, message: { ...about, reply_markup: keyboard } };
    const [activity] = await received({ callback_query: query });
    expect(activity).toMatchObject({ id: 'tg-cb-4382', value: 'faq:decision-time', text: 'متى القرار؟' });
  });

  test('on a message too old to be shown brings its value alone', async () => {
    const [activity] = await received({ callback_query: { ...press, message: { message_id: 4, chat, date: 0 } } });
    expect(activity).toMatchObject({ value: 'faq:decision-time' });
    expect(activity).not.toHaveProperty('text');
  });

  test('is answered, and the keyboard shows only the choice', async () => {
    harness.person.says('هلا');
    const { person, channel, mailbox, server } = harness;
    await channel.send(reply([{ type: 'postBack', title: 'نعم', value: 'yes' }]));
    person.presses('نعم');
    await eventually(() => expect(mailbox.messages().at(-1)).toMatchObject({ value: 'yes', text: 'نعم' }));
    await eventually(() => expect(buttons()).toEqual(['✓ نعم']));
    await eventually(() =>
      expect(server.calls.filter(({ method }) => method === 'answerCallbackQuery')).toHaveLength(1),
    );

    person.presses('✓ نعم');
    await eventually(() => expect(server.pendingCount()).toBe(0));
    expect(mailbox.texts()).toEqual(['هلا', 'نعم']);
  });

  test('counts although Telegram refuses to mark it', async () => {
    harness.person.says('هلا');
    const { person, channel, mailbox, server } = harness;
    await channel.send(reply([{ type: 'postBack', title: 'نعم', value: 'yes' }]));
    server.fail('answerCallbackQuery', { status: 400, description: 'Bad Request: query is too old' });
    server.fail('editMessageReplyMarkup', { drop: true });
    person.presses('نعم');
    await eventually(() => expect(mailbox.texts()).toEqual(['هلا', 'نعم']));
    await eventually(() => expect(server.pendingCount()).toBe(0));
    expect(mailbox.attempts()).toBe(2);
  });
});

describe('nothing is kept of', () => {
  const group = { id: -100123, type: 'supergroup', title: 'Group' };
  const mate = { user: from, status: 'member' };
  test.each<[string, Record<string, unknown>]>([
    ['a message in a group', { message: { ...about, chat: group, text: 'hi' } }],
    ['Start in a group', { message: { ...about, chat: group, text: '/start' } }],
    ['a press in a group', { callback_query: { ...press, message: { ...about, chat: group } } }],
    ['a press without a message', { callback_query: press }],
    ['blocking and coming back', { my_chat_member: { chat, from, old_chat_member: mate, new_chat_member: mate } }],
    ['a notice of the app', { message: { ...about, pinned_message: about } }],
    ['an edit of a picture', { edited_message: { ...about, photo: [{ file_id: 'p' }] } }],
    ['a message without a chat', { message: { message_id: 1, text: 'x' } }],
  ])('%s', async (_what, update) => {
    expect(await received(update)).toEqual([]);
  });
});

function reply(actions: { type: 'postBack'; title: string; value: string }[]) {
  return {
    ...({ channelId: 'telegram', conversation: { id: '501234567' }, from: { id: '501234567' } } as const),
    ...({ type: 'message', id: 'r', timestamp: '2026-01-01T00:00:00.000Z', role: 'bot' } as const),
    text: 'تأكيد؟',
    suggestedActions: { actions },
  };
}
