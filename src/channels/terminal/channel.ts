import type { Readable, Writable } from 'node:stream';
import { clearLine, createInterface, cursorTo, type Interface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import type { Activity, Address } from '../../core/activity.js';
import { isoTime, type Clock } from '../../core/clock.js';
import { SendError } from '../../core/errors.js';
import type { Ids } from '../../core/ids.js';
import type { Log } from '../../core/log.js';
import type { Channel, ChannelPorts } from '../channel.js';
import { printable } from './printable.js';

export interface TerminalOptions {
  input: Readable & { isTTY?: boolean };
  output: Writable & { isTTY?: boolean };
  ports: Pick<ChannelPorts, 'accept'>;
  /** Resolves when whatever was accepted has had its turn and its replies were sent: the mailbox's `settle`. */
  settled: () => Promise<void>;
  clock: Clock;
  ids: Ids;
  log: Log;
  /** The same id again goes on with the same conversation. */
  conversation: string;
  locale: string;
  /** Shown when a line is expected; an empty one in a pipe, where nobody waits. */
  prompt?: string;
  /** Said when the person leaves, and when a line could not be taken. */
  words: { farewell: string; notTaken: string };
}

export interface TerminalChannel extends Channel {
  /** Resolves when the person has left (Ctrl-C, Ctrl-D, end of a pipe) and every line has been answered. */
  readonly left: Promise<void>;
}

/**
 * One person at a keyboard, or a file of lines through a pipe. A line is a message; the next one is read when it has
 * been answered. Text is printed in its logical order: showing it right to left is the terminal's part.
 */
export function createTerminalChannel(options: TerminalOptions): TerminalChannel {
  const { input, output, ports, settled, clock, ids, log, words } = options;
  const interactive = input.isTTY === true && output.isTTY === true;
  const { prompt = interactive ? '> ' : '' } = options;
  const address: Address = {
    channelId: 'terminal',
    conversation: { id: options.conversation },
    from: { id: 'terminal' },
  };
  let reader: Interface | undefined;
  /** While `leaving`, what was read before is still answered. */
  let phase: 'away' | 'reading' | 'leaving' = 'away';
  let work = Promise.resolve();
  /** Lines that were read when the channel stopped. */
  const unread: string[] = [];
  let leave: () => void;
  const left = new Promise<void>((resolve) => (leave = resolve));
  // A closed terminal is reported to whoever writes; without a listener it would end the process.
  output.on('error', () => {});

  const inbound = () => ({
    ...address,
    id: ids.uuid(),
    timestamp: isoTime(clock),
    locale: options.locale,
    role: 'user' as const,
  });

  function queue(step: () => Promise<void>): void {
    const before = work;
    work = (async () => {
      await before;
      await step().catch((error: unknown) => log.warn('the terminal is gone', { channel: 'terminal', error }));
    })();
  }

  async function offer(activity: Activity): Promise<void> {
    for (let attempt = 1; attempt <= tries; attempt += 1) {
      const outcome = await ports.accept(activity).catch((error: unknown) => {
        log.warn('a line could not be accepted', { channel: 'terminal', attempt, error });
        return { type: 'failed' as const };
      });
      if (outcome.type === 'accepted' || outcome.type === 'repeated') return settled();
      await wait(pauseMs * attempt);
    }
    await print(words.notTaken);
  }

  async function hear(line: string): Promise<void> {
    if (phase === 'away') {
      unread.push(line);
      return;
    }
    const text = line.trim();
    if (text !== '') await offer({ ...inbound(), type: 'message', text });
    showPrompt();
  }

  async function goodbye(): Promise<void> {
    await settled();
    if (interactive) await print(words.farewell);
    phase = 'away';
    leave();
  }

  function showPrompt(): void {
    if (prompt === '' || phase !== 'reading') return;
    reader?.setPrompt(prompt);
    reader?.prompt(true);
  }

  /** Whatever was being typed is drawn again below what is printed. */
  async function print(text: string): Promise<void> {
    if (interactive) {
      cursorTo(output, 0);
      clearLine(output, 0);
    }
    await write(output, `${text}\n\n`);
    if (interactive) showPrompt();
  }

  function open(): void {
    phase = 'reading';
    reader = createInterface({ input, output, terminal: interactive });
    reader.on('line', (line) => queue(() => hear(line)));
    reader.on('SIGINT', () => reader?.close());
    reader.on('close', () => {
      if (phase !== 'reading') return;
      phase = 'leaving';
      queue(goodbye);
    });
  }

  return {
    id: 'terminal',
    routes: [],
    left,
    async start() {
      if (phase !== 'away') return;
      open();
      queue(async () => {
        await offer({ ...inbound(), type: 'conversationUpdate' });
        showPrompt();
      });
      for (const line of unread.splice(0)) queue(() => hear(line));
    },
    async stop() {
      phase = 'away';
      reader?.close();
      await work;
    },
    async send(activity) {
      await print(printable(activity, options.locale));
    },
    state: () =>
      phase === 'reading'
        ? { state: 'on', reason: 'reads this terminal' }
        : { state: 'off', reason: 'nobody is at the terminal' },
  };
}

const write = (output: Writable, text: string): Promise<void> =>
  new Promise((resolve, reject) => {
    output.write(text, (cause) =>
      cause ? reject(new SendError('unavailable', 'The terminal is gone.', { cause })) : resolve(),
    );
  });

const tries = 5;
const pauseMs = 50;
