import { PassThrough } from 'node:stream';
import type { TerminalOptions } from '../../../src/channels/terminal/channel.js';
import { createTerminalChannel } from '../../../src/channels/terminal/channel.js';
import { systemClock } from '../../../src/core/clock.js';
import { systemIds } from '../../../src/core/ids.js';
import { silentLog } from '../../../src/core/log.js';

/** A terminal of two streams; with `tty`, one that knows keys and the cursor. */
export function startTerminal({ tty = false, ...options }: Partial<TerminalOptions> & { tty?: boolean }) {
  const input = Object.assign(new PassThrough(), { isTTY: tty });
  const output = Object.assign(new PassThrough(), { isTTY: tty });
  let printed = '';
  output.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  const channel = createTerminalChannel({
    input,
    output,
    ports: { accept: async () => ({ type: 'accepted' }) },
    settled: async () => {},
    clock: systemClock,
    ids: systemIds,
    log: silentLog,
    conversation: 'desk-1',
    locale: 'ar',
    words: { farewell: 'في أمان الله', notTaken: 'لم تصل رسالتك' },
    ...options,
  });
  return { channel, input, output, printed: () => printed };
}
