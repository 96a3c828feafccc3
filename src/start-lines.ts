import type { Started } from './app.js';
import type { Config } from './config.js';

/** What the operator reads after a start: where the chat is, what is on and off and why, where the data is. */
export function startLines(started: Started, config: Config): string[] {
  const { port, place, keyMade, organisation, channels, setUpToken } = started;
  const local = `http://localhost:${port}/`;
  return [
    '',
    `Wasl serves ${organisation.name.en}.`,
    `  Chat page     ${config.PUBLIC_URL === undefined ? local : `${config.PUBLIC_URL}/ (here: ${local})`}`,
    ...channels.map(({ id, state, reason }) => `  ${id.padEnd(13)} ${state}: ${reason}`),
    ...(setUpToken === undefined
      ? []
      : [
          `  Set up        ${config.PUBLIC_URL ?? `http://localhost:${port}`}/staff/setup#${setUpToken}`,
          '                By this link, valid for 24 hours, the first administrator chooses a password.',
        ]),
    `  Data          ${place}`,
    ...(keyMade
      ? [
          `  A key was made in ${config.DATA_DIR}/data.key. Back it up with the data: without it sealed fields cannot be read.`,
        ]
      : []),
    ...(config.WASL_TIME_SHIFT === 0 ? [] : ['  The clock is moved by WASL_TIME_SHIFT: this is for trying only.']),
    ...(organisation.examples.length > 0
      ? [
          `  Still an example in flows/organisations/${organisation.id}.yaml, please edit: ${organisation.examples.join(', ')}`,
        ]
      : []),
    ...config.warnings.map((warning) => `  ${warning}`),
    '',
  ];
}
