import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createApp, type App } from './app.js';
import { readConfig } from './config.js';
import { shiftedClock } from './core/clock.js';
import { AppError } from './core/errors.js';
import { systemIds } from './core/ids.js';
import { createLog, type Log } from './core/log.js';
import { startLines } from './start-lines.js';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Starts the server; stops it on SIGINT and SIGTERM, losing nothing. */
async function main(): Promise<void> {
  const config = readConfig();
  const log = createLog({ level: config.LOG_LEVEL, format: config.LOG_FORMAT });
  const clock = shiftedClock(config.WASL_TIME_SHIFT);
  const app = await createApp({ config, root, clock, ids: systemIds, log, onFatal: (error) => endNow(log, error) });
  stopOnSignals(app, log);
  process.on('unhandledRejection', (error) => log.error('a failure that nobody awaited', { error }));
  process.on('uncaughtException', (error) => endNow(log, error));
  for (const line of startLines(await app.start(), config)) process.stdout.write(`${line}\n`);
}

function stopOnSignals(app: App, log: Log): void {
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    app.stop().then(
      () => process.exit(0),
      (error: unknown) => endNow(log, error),
    );
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
}

/** What was acknowledged is on disk, so the shortest way out is also the safest. */
function endNow(log: Log, error: unknown): never {
  log.error('the process ends, because it cannot go on safely', { error });
  process.exit(1);
}

main().catch((error: unknown) => {
  const known = error instanceof AppError;
  process.stderr.write(known ? `Wasl did not start.\n${error.message}\n` : 'Wasl did not start.\n');
  if (!known) process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  process.exit(1);
});
