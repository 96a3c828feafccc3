import { execFile } from 'node:child_process';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);
const isWindows = process.platform === 'win32';

/** Kills a browser with all its processes, of which it is the group's leader; resolves when it is gone. */
export async function killBrowser(pid: number): Promise<void> {
  if (isWindows) return void (await run('taskkill', ['/pid', `${pid}`, '/T', '/F']).catch(() => undefined));
  for (const target of [-pid, pid]) {
    try {
      process.kill(target, 'SIGKILL');
    } catch {
      // It is gone already.
    }
  }
  for (let look = 0; look < 100 && (await isAlive(pid)); look += 1) await sleep(20);
}

/** A process that has ended and waits for its parent to notice is not alive. */
export async function isAlive(pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return !/\) [ZX] /.test(stat);
}

const noteName = 'wasl-browser.pid';

/** Notes which browser runs on this profile, for a start after this process was killed. */
export async function noteBrowser(profile: string, pid: number): Promise<void> {
  await mkdir(profile, { recursive: true, mode: 0o700 });
  await writeFile(join(profile, noteName), `${pid}`);
}

/**
 * Kills the browser that a dead predecessor left on this profile, and removes the locks that it left. Only for the one
 * who holds the session.
 */
export async function clearProfile(profile: string): Promise<void> {
  const note = join(profile, noteName);
  const pid = Number(await readFile(note, 'utf8').catch(() => ''));
  // The number may have been given to another program since.
  if (pid > 1 && (await isAlive(pid)) && (await commandOf(pid)).includes(profile)) await killBrowser(pid);
  const left = [note, ...['SingletonLock', 'SingletonCookie', 'SingletonSocket'].map((name) => join(profile, name))];
  await Promise.all(left.map((path) => rm(path, { force: true })));
}

async function commandOf(pid: number): Promise<string> {
  if (isWindows) return '';
  if (process.platform === 'linux') return readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  const { stdout } = await run('ps', ['-p', `${pid}`, '-o', 'command=']).catch(() => ({ stdout: '' }));
  return stdout;
}

/** Memory of a browser with all its processes, in bytes; undefined where the system does not tell. */
export async function memoryOf(pid: number): Promise<number | undefined> {
  const names = await readdir('/proc').catch(() => []);
  const processes = await Promise.all(names.filter((name) => /^\d+$/.test(name)).map((name) => shareOf(name, pid)));
  const shares = processes.filter((share) => share !== undefined);
  return shares.length === 0 ? undefined : shares.reduce((sum, share) => sum + share, 0);
}

/** What a process of this group has to itself, with its share of what it has in common with others. */
async function shareOf(name: string, group: number): Promise<number | undefined> {
  const stat = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => '');
  const [, , processGroup] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  if (Number(processGroup) !== group) return undefined;
  const rollup = await readFile(`/proc/${name}/smaps_rollup`, 'utf8').catch(() => '');
  return Number(/^Pss:\s+(\d+) kB/m.exec(rollup)?.[1] ?? 0) * 1024;
}
