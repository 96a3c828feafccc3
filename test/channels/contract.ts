import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Accepted, Channel, ChannelPorts, StoredFile } from '../../src/channels/channel.js';
import { contentTypes, isMessage } from '../../src/core/activity.js';
import type { Activity, Address, MessageActivity } from '../../src/core/activity.js';
import { SendError } from '../../src/core/errors.js';
import { createLog } from '../../src/core/log.js';
import type { Log } from '../../src/core/log.js';
import { eventually } from '../fixtures/eventually.js';

/**
 * What every channel promises. A channel's own test hands in `setup`, which starts the real adapter against a local
 * provider and says how a person uses it. What a channel cannot do is listed in `cannot`, with the reason.
 */
export interface ChannelDriver {
  /** Started. */
  channel: Channel;
  /** The person writes; resolves when the provider has the message, whatever the channel answers. */
  says(text: string): Promise<void>;
  /** The person sends something that Wasl cannot read, such as a sticker. */
  sendsUnreadable?(): Promise<void>;
  /** The provider delivers its latest message once more, as it does when our answer was lost. */
  deliversAgain?(): Promise<void>;
  /** How many messages the provider has not been told we have. */
  unacknowledged(): number;
  /** The texts that reached the person, oldest first. */
  received(): string[];
  /** The provider answers the next message of ours with a failure of its own. */
  failsSending?(): void;
  /** Where `send` finds the person. */
  address: Address;
  /** The person's name and number, the channel's tokens: no log line may hold one. */
  secrets: string[];
  /** Stops the channel and the provider. */
  close(): Promise<void>;
}

export type ContractCase = 'redelivery' | 'resend' | 'unreadable' | 'send failure' | 'restart';

export interface ContractParts {
  ports: ChannelPorts;
  log: Log;
}

export function describeChannelContract(
  name: string,
  setup: (parts: ContractParts) => Promise<ChannelDriver>,
  { cannot = {} }: { cannot?: Partial<Record<ContractCase, string>> } = {},
): void {
  describe(`${name} keeps the contract of a channel:`, () => {
    let mailbox: RecordingPorts;
    let driver: ChannelDriver;
    let lines: string[];
    const said: string[] = [];

    const says = async (text: string): Promise<void> => {
      said.push(text);
      await driver.says(text);
    };
    const reply = (text: string): MessageActivity => ({
      ...driver.address,
      type: 'message',
      id: 'reply-1',
      timestamp: '2026-01-01T00:00:00.000Z',
      role: 'bot',
      text,
    });
    const because = (feature: ContractCase): string => (cannot[feature] ? ` (cannot: ${cannot[feature]})` : '');

    beforeEach(async () => {
      lines = [];
      said.length = 0;
      mailbox = createRecordingPorts();
      const log = createLog({ level: 'debug', format: 'json', write: (line) => void lines.push(line) });
      driver = await setup({ ports: mailbox.ports, log });
    });

    afterEach(async () => {
      await driver.close();
      const written = lines.join('\n');
      for (const secret of [...driver.secrets, ...said.filter((text) => text.length > 3)])
        expect(written, 'a log line holds something personal or secret').not.toContain(secret);
    });

    test('a message becomes one activity of the person', async () => {
      await says('السلام عليكم');
      await eventually(() => expect(mailbox.texts()).toEqual(['السلام عليكم']));
      const [activity] = mailbox.messages();
      expect(activity).toMatchObject({ channelId: driver.channel.id, role: 'user', type: 'message' });
      expect(activity?.conversation.id).toBe(driver.address.conversation.id);
      expect(activity?.id).toMatch(/\S/);
      expect(new Date(activity?.timestamp ?? '').toISOString()).toBe(activity?.timestamp);
      expect(driver.channel.state().state).toBe('on');
    });

    test('the provider is told only after the message is durable', async () => {
      const release = mailbox.hold();
      const sent = says('متى يطلع القرار؟');
      await eventually(() => expect(mailbox.attempts()).toBe(1));
      expect(driver.unacknowledged()).toBe(1);
      release();
      await sent;
      await eventually(() => expect(driver.unacknowledged()).toBe(0));
      expect(mailbox.texts()).toEqual(['متى يطلع القرار؟']);
    });

    const refusals = { rejects: new Error('the store is away'), 'is full': { type: 'full' } as const };
    for (const [what, refusal] of Object.entries(refusals))
      test.skipIf(cannot['resend'])(
        `when the mailbox ${what}, the message comes again; none is lost or overtaken${because('resend')}`,
        async () => {
          mailbox.refuse(2, refusal);
          await says('الأولى من رسالتين');
          await says('الثانية من رسالتين');
          await eventually(() => expect(mailbox.texts()).toEqual(['الأولى من رسالتين', 'الثانية من رسالتين']));
          await eventually(() => expect(driver.unacknowledged()).toBe(0));
        },
      );

    test.skipIf(cannot['redelivery'])(
      `a message delivered twice has the same id both times${because('redelivery')}`,
      async () => {
        await says('رسالة تصل مرتين');
        await eventually(() => expect(mailbox.texts()).toHaveLength(1));
        await driver.deliversAgain?.();
        await eventually(() => expect(mailbox.attempts()).toBeGreaterThanOrEqual(2));
        expect(new Set(mailbox.offeredIds()).size).toBe(1);
        expect(mailbox.texts()).toHaveLength(1);
      },
    );

    test.each(strangeTexts)('text with $what arrives and leaves unharmed', async ({ text }) => {
      await says(text);
      await eventually(() => expect(mailbox.texts()).toHaveLength(1));
      const [arrived = ''] = mailbox.texts();
      expect(arrived).toBe(text.toWellFormed());
      await driver.channel.send(reply(text));
      await eventually(() => expect(driver.received().at(-1)).toBe(text.toWellFormed()));
    });

    test.skipIf(cannot['unreadable'])(
      `what cannot be read arrives as something to answer politely${because('unreadable')}`,
      async () => {
        await driver.sendsUnreadable?.();
        await eventually(() => expect(mailbox.messages()).toHaveLength(1));
        const [attachment] = mailbox.messages()[0]?.attachments ?? [];
        expect(attachment).toMatchObject({
          contentType: contentTypes.unsupported,
          content: { kind: expect.stringMatching(/\S/) },
        });
      },
    );

    test('a reply reaches the person', async () => {
      await says('هلا والله');
      await eventually(() => expect(mailbox.texts()).toHaveLength(1));
      await driver.channel.send(reply('حياك الله'));
      await eventually(() => expect(driver.received()).toContain('حياك الله'));
    });

    test.skipIf(cannot['send failure'])(
      `a failed send rejects with SendError and nothing personal in it${because('send failure')}`,
      async () => {
        await says('هلا والله');
        await eventually(() => expect(mailbox.texts()).toHaveLength(1));
        driver.failsSending?.();
        const error: unknown = await driver.channel.send(reply('نص الرد السري')).then(
          () => undefined,
          (reason: unknown) => reason,
        );
        expect(error).toBeInstanceOf(SendError);
        for (const secret of [...driver.secrets, 'نص الرد السري'])
          expect(error instanceof SendError && error.message).not.toContain(secret);
      },
    );

    test.skipIf(cannot['restart'])(
      `after stop and start it receives again, each message once${because('restart')}`,
      async () => {
        await says('قبل التوقف');
        await eventually(() => expect(mailbox.texts()).toEqual(['قبل التوقف']));
        await driver.channel.stop();
        await driver.channel.start();
        await says('بعد العودة');
        await eventually(() => expect(mailbox.texts()).toEqual(['قبل التوقف', 'بعد العودة']));
      },
    );

    test('stopping twice is harmless', async () => {
      await driver.channel.stop();
      await expect(driver.channel.stop()).resolves.toBeUndefined();
    });
  });
}

const strangeTexts = [
  { what: 'joined emoji', text: 'شكراً 👨‍👩‍👧‍👦 🇸🇦 👍🏽' },
  { what: 'bidi controls', text: 'رقم \u202B1234\u202C و\u2067abc\u2069 انتهى' },
  { what: 'zero-width characters', text: 'نعم\u200C\u200Dلا\u200B انتهى' },
  { what: 'a lone surrogate', text: 'قبل \uD83D بعد' },
  { what: 'markup', text: '*bold* _x_ [a](http://b) <b>&amp;</b> `c` \\d' },
];

/** Ports that remember what they were offered, accept each id once, and refuse or wait when told. */
export interface RecordingPorts {
  ports: ChannelPorts;
  /** Accepted activities, each once, in order. */
  accepted(): Activity[];
  messages(): MessageActivity[];
  /** Their texts; a message without one is `''`. */
  texts(): string[];
  /** How often `accept` was called, repeats and refusals included. */
  attempts(): number;
  offeredIds(): string[];
  /** The next `count` accepts answer `refusal`: an `Error` rejects, `{type: 'full'}` resolves. */
  refuse(count: number, refusal: Error | Accepted): void;
  /** Accepts wait until the returned function is called. */
  hold(): () => void;
  files: Map<string, { file: StoredFile; bytes: Uint8Array }>;
  /** The next file is refused with this error. */
  refuseFile(error: Error): void;
}

export function createRecordingPorts(): RecordingPorts {
  const offered: string[] = [];
  const accepted = new Map<string, Activity>();
  const refusals: (Error | Accepted)[] = [];
  const fileErrors: Error[] = [];
  const files: RecordingPorts['files'] = new Map();
  let gate: Promise<void> = Promise.resolve();

  const messages = (): MessageActivity[] => [...accepted.values()].filter(isMessage);
  return {
    ports: {
      async accept(activity) {
        offered.push(activity.id);
        await gate;
        const refusal = refusals.shift();
        if (refusal instanceof Error) throw refusal;
        if (refusal) return refusal;
        if (accepted.has(activity.id)) return { type: 'repeated' };
        accepted.set(activity.id, activity);
        return { type: 'accepted' };
      },
      files: {
        async save(content, { name }) {
          const chunks: Uint8Array[] = [];
          for await (const chunk of content) chunks.push(chunk);
          const error = fileErrors.shift();
          if (error) throw error;
          const bytes = Buffer.concat(chunks);
          const file = { id: `file-${files.size + 1}`, name, contentType: 'application/pdf', size: bytes.length };
          files.set(file.id, { file, bytes });
          return file;
        },
        async open(id) {
          const found = files.get(id);
          return found && { file: found.file, content: chunksOf(found.bytes) };
        },
      },
    },
    accepted: () => [...accepted.values()],
    messages,
    texts: () => messages().map((activity) => activity.text ?? ''),
    attempts: () => offered.length,
    offeredIds: () => [...offered],
    refuse: (count, refusal) => void refusals.push(...Array.from({ length: count }, () => refusal)),
    hold() {
      let open: (() => void) | undefined;
      gate = new Promise((resolve) => (open = resolve));
      return () => open?.();
    },
    files,
    refuseFile: (error) => void fileErrors.push(error),
  };
}

async function* chunksOf(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536);
}
