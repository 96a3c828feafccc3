import { createHash } from 'node:crypto';
import { unlinkSync } from 'node:fs';
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

/** One server a folder: lmdb itself would let a second process write. Rejects with `store_in_use`. */
export async function lockFolder(folder: string): Promise<FolderLock> {
  const address = addressOf(resolve(folder));
  const server = (await listen(address)) ?? (await replaceStale(address));
  if (!server) {
    throw new StoreError(
      'store_in_use',
      `Another Wasl already works on the data in ${folder}. Stop it first, or set DATA_DIR to another folder.`,
    );
  }
  return { release: () => new Promise((done) => server.close(() => done())) };
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
      else
        fail(
          new StoreError('store_failed', 'The data folder could not be locked. May this user write there?', {
            cause: error,
          }),
        );
    });
    server.listen(address, () => done(server));
  });
}

async function replaceStale(address: string): Promise<Server | undefined> {
  if (await answers(address)) return undefined;
  try {
    unlinkSync(address);
  } catch {
    // Somebody else has removed it in this moment; who of us listens first has the folder.
  }
  return listen(address);
}

function answers(address: string): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect(address);
    socket.once('connect', () => {
      socket.destroy();
      done(true);
    });
    socket.once('error', () => done(false));
  });
}
