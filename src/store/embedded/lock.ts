import { createHash } from 'node:crypto';
import { chmodSync, lstatSync, mkdirSync, rmSync, unlinkSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { StoreError } from '../../core/errors.js';

/** Held as long as the process lives; the system lets it go when the process dies, however it dies. */
export interface FolderLock {
  release(): Promise<void>;
}

/** Addresses of Unix sockets are at most 103 bytes long on macOS and 107 on Linux. */
const longestAddress = 100;

/** A takeover takes milliseconds; one that is older was killed in the middle. */
const longestTakeoverMs = 5_000;

/** One server a folder: lmdb itself would let a second process write. Rejects with `store_in_use`. */
export async function lockFolder(folder: string): Promise<FolderLock> {
  const address = addressOf(resolve(folder));
  const server = (await listen(address)) ?? (await takeOver(address));
  if (!server) {
    throw new StoreError(
      'store_in_use',
      `Another Wasl already works on the data in ${folder}. Stop it first, or set DATA_DIR to another folder.`,
    );
  }
  return { release: () => closed(server) };
}

function addressOf(folder: string): string {
  const name = `wasl-${createHash('sha256').update(folder).digest('hex').slice(0, 16)}`;
  if (process.platform === 'win32') return `\\\\.\\pipe\\${name}`;
  const inside = join(folder, 'lock');
  return Buffer.byteLength(inside) <= longestAddress ? inside : join(tmpdir(), name);
}

/** Undefined when the address is taken, by a process or by the file that a killed one has left. */
function listen(address: string): Promise<Server | undefined> {
  return new Promise((done, fail) => {
    const server = createServer((socket) => socket.destroy());
    server.unref();
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') done(undefined);
      else fail(cannotLock(error));
    });
    server.listen(address, () => {
      if (process.platform !== 'win32') chmodSync(address, 0o600);
      done(server);
    });
  });
}

/**
 * Takes over from a process that was killed. One at a time: who finds the old socket silent a moment too late would
 * remove the new one.
 */
async function takeOver(address: string): Promise<Server | undefined> {
  if (process.platform === 'win32' || (await answers(address))) return undefined;
  const turn = `${address}.takeover`;
  if (!takeTurn(turn)) return undefined;
  try {
    if (await answers(address)) return undefined;
    if (lstatSync(address, { throwIfNoEntry: false })?.isSocket()) unlinkSync(address);
    return await listen(address);
  } finally {
    rmSync(turn, { recursive: true, force: true });
  }
}

function takeTurn(turn: string): boolean {
  const taken = lstatSync(turn, { throwIfNoEntry: false });
  if (taken && Date.now() - taken.mtimeMs > longestTakeoverMs) rmSync(turn, { recursive: true, force: true });
  try {
    mkdirSync(turn);
    return true;
  } catch {
    return false;
  }
}

/** Only a refusal, or nothing at all, means that nobody listens. */
function answers(address: string): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect(address);
    socket.once('connect', () => {
      socket.destroy();
      done(true);
    });
    socket.once('error', (error: NodeJS.ErrnoException) =>
      done(error.code !== 'ECONNREFUSED' && error.code !== 'ENOENT'),
    );
  });
}

const closed = (server: Server): Promise<void> => new Promise((done) => server.close(() => done()));

const cannotLock = (cause: unknown): StoreError =>
  new StoreError('store_failed', 'The data folder could not be locked. May this user write there?', { cause });
