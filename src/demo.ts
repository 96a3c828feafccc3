import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { readConfig, type Config } from './config.js';
import { shiftedClock } from './core/clock.js';
import { AppError, ConfigError } from './core/errors.js';
import { createLog } from './core/log.js';
import { createProgress } from './demo/progress.js';
import { reportLines, reportOf, type Report } from './demo/report.js';
import { fewestPeople } from './demo/requests.js';
import { tellStory } from './demo/story.js';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const mostPeople = 5000;

/**
 * `npm run demo`: fills an empty place with a made-up association, to look at and to show. `--seed 7` tells another story,
 * `--people 50` one with fewer people.
 */
async function main(): Promise<void> {
  const config = readConfig();
  const { seed, people } = readArguments(config);
  const log = createLog({ level: 'error', format: 'pretty', write: (line) => process.stderr.write(line) });
  const { now } = shiftedClock(config.WASL_TIME_SHIFT);
  const shown = createProgress(process.stdout);
  const story = { config, root, log, seed, people, now: now(), progress: shown.to, onFatal: () => process.exit(1) };
  const report: Report = await tellStory(story, reportOf).catch((error: unknown) => {
    shown.end('failed');
    throw error;
  });
  shown.end('done');
  process.stdout.write(`${reportLines(report).join('\n')}\n`);
}

function readArguments({ NODE_ENV }: Config): { seed: number; people: number } {
  const number = { type: 'string' } as const;
  const { values } = parseArgs({ options: { seed: number, people: number }, strict: false });
  const seed = Number(values['seed'] ?? 1);
  const people = Number(values['people'] ?? 200);
  const problems = [
    ...(NODE_ENV === 'production' ? ['NODE_ENV must not be production: the demonstration makes people up'] : []),
    ...(fits(seed, 0, 1e9) ? [] : ['--seed must be a whole number, like --seed 7']),
    ...(fits(people, fewestPeople, mostPeople)
      ? []
      : [`--people must be a whole number from ${fewestPeople} to ${mostPeople}, like --people 50`]),
  ];
  if (problems.length > 0) throw new ConfigError(problems);
  return { seed, people };
}

const fits = (value: number, least: number, most: number): boolean =>
  Number.isInteger(value) && value >= least && value <= most;

main().catch((error: unknown) => {
  const known = error instanceof AppError;
  process.stderr.write(
    `There is no demonstration.\n${known || !(error instanceof Error) ? String(error) : error.stack}\n`,
  );
  process.exitCode = 1;
});
