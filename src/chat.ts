import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createCore } from './wiring/core.js';
import { createTerminalChannel } from './channels/terminal/channel.js';
import { readConfig } from './config.js';
import { shiftedClock } from './core/clock.js';
import { AppError } from './core/errors.js';
import { systemIds } from './core/ids.js';
import { createLog } from './core/log.js';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/**
 * `npm run chat`: talks to the bot in this terminal. It keeps its own data in DATA_DIR/terminal, so that it works beside a
 * running server and the next time goes on where this one stopped. `npm run chat -- en` begins in English.
 */
async function main(): Promise<void> {
  // On the server's database it would take up the conversations of real people, for which it has no channels.
  const { MONGODB_URI: _server, ...given } = readConfig();
  const config = { ...given, DATA_DIR: join(given.DATA_DIR, 'terminal') };
  const log = createLog({ level: 'error', format: 'pretty', write: (line) => process.stderr.write(line) });
  const clock = shiftedClock(config.WASL_TIME_SHIFT);
  const locale = process.argv.includes('en') ? 'en' : 'ar';
  const core = await createCore({ config, root, clock, ids: systemIds, log, onFatal: () => process.exit(1) });
  const terminal = createTerminalChannel({
    input: process.stdin,
    output: process.stdout,
    ports: core.ports,
    settled: () => core.settle(),
    clock,
    ids: systemIds,
    log,
    conversation: config.ORGANISATION,
    locale,
    words: {
      farewell: core.assets.t(locale, 'terminal.farewell'),
      notTaken: core.assets.t(locale, 'terminal.notTaken'),
    },
  });
  core.channels.set(terminal.id, terminal);
  await core.start();
  await terminal.start();
  await terminal.left;
  await terminal.stop();
  await core.stop();
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof AppError ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
