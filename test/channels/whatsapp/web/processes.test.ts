import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { clearProfile, isAlive, memoryOf, noteBrowser } from '../../../../src/channels/whatsapp/web/browser-process.js';
import { findBrowser } from '../../../../src/channels/whatsapp/web/find-browser.js';
import { root } from '../../../fixtures/assets.js';
import { chromiumProgram, noBrowser } from '../../../fixtures/chromium.js';
import { startStubPhone } from '../../../fixtures/whatsapp-stub/phone.js';
import { program } from './harness.js';
import { until } from '../../../fixtures/eventually.js';

let profile: string;
beforeEach(() => void (profile = mkdtempSync(join(tmpdir(), 'wasl-profile-'))));
afterEach(() => rmSync(profile, { recursive: true, force: true }));

/** A process that does nothing for as long as it is let. */
function idle(...args: string[]): number {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1e6)', '--', ...args], { detached: true });
  return child.pid ?? 0;
}

const isDead = (pid: number) => until(async () => !(await isAlive(pid)));

describe('what a dead predecessor left', () => {
  it.skipIf(process.platform === 'win32')('is killed, with the locks of its profile', async () => {
    const left = idle(`--user-data-dir=${profile}`);
    await noteBrowser(profile, left);
    writeFileSync(join(profile, 'SingletonLock'), 'another-host-1');
    await until(() => isAlive(left));
    await clearProfile(profile);
    expect(await isAlive(left)).toBe(false);
    await clearProfile(profile);
  });

  it('is not mistaken for a program that was given its number since', async () => {
    const other = idle('some', 'other', 'program');
    await noteBrowser(profile, other);
    await clearProfile(profile);
    expect(await isAlive(other)).toBe(true);
    process.kill(other, 'SIGKILL');
    await isDead(other);
  });
});

describe('the browser', () => {
  const system = (there: string) => ({ platform: 'linux' as const, isThere: (path: string) => path === there });

  it('is the one of CHROME_PATH, else one in a usual place, else there is a word on how to get one', () => {
    expect(findBrowser('/my/chrome', system('/my/chrome'))).toEqual({ type: 'found', path: '/my/chrome' });
    expect(findBrowser(undefined, system('/usr/bin/chromium'))).toEqual({ type: 'found', path: '/usr/bin/chromium' });
    expect(findBrowser('/my/chrome', system('/usr/bin/chromium'))).toMatchObject({
      type: 'missing',
      help: expect.stringMatching(/CHROME_PATH/),
    });
    expect(findBrowser(undefined, system('/nothing'))).toMatchObject({ help: expect.stringMatching(/apt install/) });
  });
});

/** A bot that only starts WhatsApp Web, and prints the number of its browser. */
const bot = (link: string, options: object): string => `
  const { forkedLink } = await import(${JSON.stringify(link)});
  const open = forkedLink(${JSON.stringify(program)});
  open(${JSON.stringify(options)}, (event) => event.type === 'launched' && console.log(event.browser));
`;

const parentOf = (pid: number): number =>
  Number(/^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);

describe.skipIf(noBrowser !== undefined)('a bot that is killed', () => {
  it.each(['bot', 'bot and process'])('leaves neither process nor browser behind: SIGKILL to %s', async (whom) => {
    const phone = await startStubPhone();
    const options = {
      profile,
      executablePath: await chromiumProgram(),
      args: ['--no-sandbox'],
      pairWith: null,
      page: { version: 'stub', path: phone.folder },
      timing: { watch: 100, call: 1_000, load: 5_000, takeover: 100 },
    };
    const link = pathToFileURL(join(root, 'dist/channels/whatsapp/web/link.js')).href;
    const child = spawn(process.execPath, ['--input-type=module', '-e', bot(link, options)]);
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
    await until(() => said.includes('\n'));
    const browser = Number(said);
    const own = parentOf(browser);
    expect(await Promise.all([own, browser].map(isAlive))).toEqual([true, true]);
    expect((await memoryOf(browser)) ?? 1e7).toBeGreaterThan(1e6);

    child.kill('SIGKILL');
    if (whom === 'bot and process') process.kill(own, 'SIGKILL');
    await isDead(own);
    await isDead(browser);
    await phone.close();
  });
});

it.skipIf(noBrowser === undefined)(`is skipped: ${noBrowser}`, () => undefined);
