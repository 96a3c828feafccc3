import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createBotFrameworkChannel } from '../../../src/channels/botframework/channel.js';
import { systemClock } from '../../../src/core/clock.js';
import { ConfigError } from '../../../src/core/errors.js';
import { silentLog } from '../../../src/core/log.js';
import type { RecordingPorts } from '../contract.js';
import { createRecordingPorts } from '../contract.js';
import { appId } from './cloud.js';
import type { Bot } from './setup.js';
import { startBot } from './setup.js';

let bot: Bot;
let mailbox: RecordingPorts;

beforeEach(async () => {
  // The SDK writes to the console when a signature is wrong.
  vi.spyOn(console, 'error').mockImplementation(() => {});
  mailbox = createRecordingPorts();
  bot = await startBot({ ports: mailbox.ports, log: silentLog });
});

afterEach(async () => {
  await bot.close();
  vi.restoreAllMocks();
});

/** Status of the answer, which explains nothing; and nothing reached the mailbox. */
const statusOf = async (body: unknown, authorization?: string): Promise<number> => {
  const response = await bot.post(body, authorization);
  expect(await response.text()).not.toMatch(/token|key|stack|Error/i);
  expect(mailbox.attempts()).toBe(0);
  return response.status;
};

describe('the door of Bot Framework', () => {
  it('lets in what the channel service has signed', async () => {
    expect((await bot.post(bot.activity())).status).toBe(200);
    expect(mailbox.texts()).toEqual(['السلام عليكم']);
  });

  it('stays shut without a token', async () => {
    expect(await statusOf(bot.activity(), '')).toBe(401);
  });

  it.each([
    ['somebody else has signed', () => bot.cloud.token({}, { forged: true })],
    ['an unknown key has signed', () => bot.cloud.token({}, { kid: 'key-2' })],
    ['is for another bot', () => bot.cloud.token({ aud: 'another-bot' })],
    ['has expired', () => bot.cloud.token({ exp: 1_600_000_000 })],
    ['vouches for another service address', () => bot.cloud.token({ serviceurl: 'https://elsewhere.example' })],
    ['comes from the Emulator', () => bot.cloud.token({ iss: emulator, ver: '2.0', azp: appId })],
    ['has an unknown issuer', () => bot.cloud.token({ iss: 'https://evil.example' })],
    ['names a tenant, which the SDK would remember for ever', () => bot.cloud.token({ tid: 'tenant-1' })],
    ['is signed by nobody', () => `${bot.cloud.token().split('.').slice(0, 2).join('.')}.`],
    ['claims that no signature is needed', () => unsigned()],
    ['is no token', () => 'Bearer not-a-token'],
    ['is Basic', () => 'Basic dXNlcjpwYXNz'],
    ['has a payload that is no JSON', () => 'Bearer e30.bm90IGpzb24.e30'],
  ])('stays shut when the token %s', async (_, authorization) => {
    expect(await statusOf(bot.activity(), authorization())).toBe(401);
  });

  it('stays shut for a channel that the signing key does not vouch for', async () => {
    expect(await statusOf(bot.activity({ channelId: 'telegram' }))).toBe(401);
  });

  it('stays shut for the one channel that the SDK checks by other keys', async () => {
    expect(await statusOf(bot.activity({ channelId: 'AseChannel' }))).toBe(401);
  });

  it.each([
    ['no JSON', '{"type":'],
    ['text', '"hello"'],
    ['a list', '[]'],
    ['nothing', '{}'],
    ['a message without a sender', { from: undefined }],
    ['a message without a conversation', { conversation: {} }],
    ['a service address that is none', { serviceUrl: 'javascript:alert(1)' }],
    ['no service address, which the SDK would let pass', { serviceUrl: undefined }],
    ['a channel that pretends to have a scope', { channelId: 'web|chat' }],
    ['an id of 50,000 characters', { conversation: { id: 'x'.repeat(50_000) } }],
    ['text that is a number', { text: 7 }],
    ['attachments that are no list', { attachments: 'file' }],
    ['an event without a name', { type: 'event' }],
  ])('answers 400 to %s', async (_, about) => {
    expect(await statusOf(typeof about === 'string' ? about : bot.activity(about))).toBe(400);
  });

  it('answers 503 while the keys cannot be fetched, and says so in its state', async () => {
    bot.cloud.state.keysDown = true;
    expect(await statusOf(bot.activity())).toBe(503);
    expect(bot.channel.state().state).toBe('failing');
    bot.cloud.state.keysDown = false;
    expect((await bot.post(bot.activity())).status).toBe(200);
    expect(bot.channel.state().state).toBe('on');
  });

  it('answers 503 before it is started and after it is stopped', async () => {
    await bot.channel.stop();
    expect(await statusOf(bot.activity())).toBe(503);
    expect(bot.channel.state().state).toBe('off');
  });

  it('is not built at all without an app id: the SDK would let everybody in', () => {
    const parts = { ports: mailbox.ports, clock: systemClock, log: silentLog };
    expect(() => createBotFrameworkChannel({ ...parts, appId: ' ', appPassword: 'x' })).toThrow(ConfigError);
    expect(() => createBotFrameworkChannel({ ...parts, appId, appPassword: '' })).toThrow(ConfigError);
  });
});

const emulator = 'https://login.microsoftonline.com/d6d49420-f39b-4df7-a1dc-d59a935871db/v2.0';

const unsigned = (): string => {
  const [, payload = ''] = bot.cloud.token().split('.');
  return `Bearer ${Buffer.from('{"alg":"none","typ":"JWT","kid":"key-1"}').toString('base64url')}.${payload}.e30`;
};
