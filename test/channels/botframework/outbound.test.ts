import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MessageActivity } from '../../../src/core/activity.js';
import { contentTypes } from '../../../src/core/activity.js';
import { SendError } from '../../../src/core/errors.js';
import { silentLog } from '../../../src/core/log.js';
import { createRecordingPorts } from '../contract.js';
import type { Bot } from './setup.js';
import { startBot } from './setup.js';

const mailbox = createRecordingPorts();
let bot: Bot;

beforeEach(async () => {
  bot = await startBot({ ports: mailbox.ports, log: silentLog });
});

afterEach(() => bot.close());

const reply = (about: Partial<MessageActivity> = {}): MessageActivity => ({
  ...bot.address,
  type: 'message',
  id: 'm-1.1',
  timestamp: '2026-01-05T09:00:01.000Z',
  role: 'bot',
  locale: 'ar',
  replyToId: 'm-1',
  text: 'حياك الله',
  ...about,
});

const arrived = async (about: Partial<MessageActivity> = {}) => {
  await bot.channel.send(reply(about));
  return bot.cloud.sent.at(-1);
};

const failure = (about: Partial<MessageActivity> = {}): Promise<unknown> =>
  bot.channel.send(reply(about)).then(
    () => undefined,
    (error: unknown) => error,
  );

const actions = [{ type: 'postBack' as const, title: 'متى القرار؟', value: 'faq:decision-time' }];
const card = { contentType: contentTypes.card, content: { title: 'ملخص', text: 'الاسم: نورة' } };

describe('a reply by Bot Framework', () => {
  it('answers its message, at the address that the conversation remembers, with our token', async () => {
    expect(await arrived()).toMatchObject({
      path: '/v3/conversations/chat-1/activities/m-1',
      authorization: 'Bearer connector-token',
      activity: {
        type: 'message',
        channelId: 'webchat',
        conversation: { id: 'chat-1' },
        from: { id: 'bot@1' },
        recipient: { id: 'visitor-1' },
        replyToId: 'm-1',
        text: 'حياك الله',
        textFormat: 'plain',
        locale: 'ar',
      },
    });
  });

  it('that answers nothing, or a message without an id of its own, goes to the conversation', async () => {
    const { replyToId: _, ...notice } = reply();
    await bot.channel.send(notice);
    await arrived({ replyToId: 'derived-abc' });
    expect(bot.cloud.sent.map(({ path }) => path)).toEqual(Array(2).fill('/v3/conversations/chat-1/activities'));
  });

  it('reaches conversations whose ids hold slashes and bars', async () => {
    const sent = await arrived({ conversation: { id: 'webchat|a/b|c d' }, replyToId: 'x/1|2' });
    expect(decodeURIComponent(sent?.path ?? '')).toBe('/v3/conversations/a/b|c d/activities/x/1|2');
    expect(sent?.path.split('/')).toHaveLength(6);
  });

  it('shows buttons and cards on web chat', async () => {
    expect((await arrived({ suggestedActions: { actions }, attachments: [card] }))?.activity).toMatchObject({
      text: 'حياك الله',
      suggestedActions: { actions },
      attachments: [{ contentType: 'application/vnd.microsoft.card.hero', content: { title: 'ملخص' } }],
    });
  });

  it('numbers the choices where a button would come back as typed words', async () => {
    const address = { conversation: { id: 'msteams|19:x' }, from: { id: 'msteams|29:y' } };
    const sent = await arrived({ ...address, suggestedActions: { actions }, attachments: [card] });
    expect(sent?.activity['text']).toBe('حياك الله\n\nملخص\nالاسم: نورة\n\n١. متى القرار؟');
    expect(sent?.activity).not.toHaveProperty('suggestedActions');
  });

  it('carries a stored file inside', async () => {
    const attachments = [await stored(8)];
    expect((await arrived({ attachments }))?.activity).toMatchObject({
      attachments: [{ name: 'لائحة.pdf', contentUrl: `data:application/pdf;base64,${'A'.repeat(10)}A=` }],
    });
  });

  it.each([
    ['a file that Bot Framework cannot carry', async () => ({ attachments: [await stored(200_000)] })],
    [
      'a file that is gone',
      async () => ({ attachments: [{ contentType: 'image/png', contentUrl: 'wasl-file:gone' }] }),
    ],
    ['an address of another channel', async () => ({ conversation: { id: '966500000000' } })],
  ])('with %s is refused for good', async (_, about) => {
    expect(await failure(await about())).toMatchObject({ kind: 'invalid', retryable: false });
    expect(bot.cloud.sent).toEqual([]);
  });
});

describe('a reply that Bot Framework does not take', () => {
  it.each([
    [400, 'invalid'],
    [401, 'unauthorised'],
    [403, 'blocked'],
    [404, 'not_found'],
    [408, 'unavailable'],
    [412, 'unavailable'],
    [413, 'invalid'],
    [429, 'rate_limited'],
    [500, 'unavailable'],
    [503, 'unavailable'],
  ])('with %i is %s, and is tried once', async (status, kind) => {
    bot.cloud.fails(status);
    const error = await failure();
    expect(error).toBeInstanceOf(SendError);
    expect(error).toMatchObject({ kind });
    expect(bot.cloud.sent).toEqual([]);
  });

  it.each([
    ['7', 7_000],
    ['Thu, 01 Jan 1970 00:00:00 GMT', 0],
    ['soon', undefined],
  ])('says how long to wait: %s', async (header, retryAfter) => {
    bot.cloud.fails(429, { 'retry-after': header });
    expect(await failure()).toMatchObject({ kind: 'rate_limited', retryAfter });
  });

  it('because nobody is there is unavailable', async () => {
    expect(await failure({ serviceUrl: 'http://127.0.0.1:1' })).toMatchObject({ kind: 'unavailable' });
  });

  it('because Microsoft refuses the password shows in the state until it is taken again', async () => {
    bot.cloud.state.login = Object.assign(new Error('AADSTS7000215'), { errorCode: 'invalid_client' });
    const error = await failure();
    expect(error).toMatchObject({ kind: 'unauthorised', message: expect.stringContaining('MICROSOFT_APP_ID') });
    expect(bot.channel.state()).toMatchObject({ state: 'failing' });
    bot.cloud.state.login = 'up';
    await bot.channel.send(reply());
    expect(bot.channel.state()).toMatchObject({ state: 'on' });
  });

  it('because Microsoft’s login is out of reach is unavailable', async () => {
    bot.cloud.state.login = Object.assign(new Error('no network'), { errorCode: 'network_error' });
    expect(await failure()).toMatchObject({ kind: 'unavailable' });
  });
});

async function stored(size: number) {
  const bytes = (async function* () {
    yield new Uint8Array(size);
  })();
  const { id, contentType } = await mailbox.ports.files.save(bytes, { name: 'لائحة.pdf' });
  return { contentType, contentUrl: `wasl-file:${id}`, name: 'لائحة.pdf' };
}
