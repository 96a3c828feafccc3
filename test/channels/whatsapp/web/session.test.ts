import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { pack, unpack } from '../../../../src/channels/whatsapp/web/archive.js';
import { createSession } from '../../../../src/channels/whatsapp/web/session.js';
import { silentLog } from '../../../../src/core/log.js';
import { createKeep } from './harness.js';

const database = 'Default/IndexedDB/https_web.whatsapp.com_0.indexeddb.leveldb';
const deep = `${database}/${'d'.repeat(60)}/${'e'.repeat(60)}`;

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'wasl-session-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function put(profile: string, path: string, content: string | Buffer): void {
  mkdirSync(join(profile, path, '..'), { recursive: true });
  writeFileSync(join(profile, path), content);
}

async function* one(content: Buffer): AsyncIterable<Uint8Array> {
  yield content;
}

async function* brokenOff(content: Buffer): AsyncIterable<Uint8Array> {
  yield content;
  throw new Error('sealed with another key');
}

describe('an archive of a profile', () => {
  it('holds every file of its parts and nothing else, and tar reads it', async () => {
    const profile = join(folder, 'profile');
    put(profile, `${database}/000003.log`, Buffer.alloc(70_000, 7));
    put(profile, `${database}/CURRENT`, '');
    put(profile, deep, 'long');
    put(profile, 'Default/Cache/data', 'a cache');
    const parts: Uint8Array[] = [];
    for await (const part of pack(profile, ['Default/IndexedDB', 'Default/Local Storage'])) parts.push(part);
    writeFileSync(join(folder, 'a.tar.gz'), Buffer.concat(parts));
    const listed = execFileSync('tar', ['-tzf', join(folder, 'a.tar.gz')], { encoding: 'utf8' });
    expect(listed.trim().split('\n').toSorted()).toEqual([`${database}/000003.log`, `${database}/CURRENT`, deep]);

    await unpack(one(Buffer.concat(parts)), join(folder, 'again'));
    expect(readFileSync(join(folder, 'again', database, '000003.log')).equals(Buffer.alloc(70_000, 7))).toBe(true);
    expect(readFileSync(join(folder, 'again', deep), 'utf8')).toBe('long');
    expect(existsSync(join(folder, 'again/Default/Cache'))).toBe(false);
  });

  it.each(['../outside', '/outside', 'a/../../outside', 'a\\..\\outside'])('that names %s is refused', async (name) => {
    const header = Buffer.alloc(512);
    header.write(name, 0);
    header.write('00000000000\0', 124);
    await expect(unpack(one(gzipSync(header)), join(folder, 'in'))).rejects.toThrow('bad name');
    expect(existsSync(join(folder, 'outside'))).toBe(false);
  });

  it('that is cut off is refused', async () => {
    const header = Buffer.alloc(512);
    header.write('file', 0);
    header.write('00000777777\0', 124);
    await expect(unpack(one(gzipSync(header)), join(folder, 'in'))).rejects.toThrow('broken off');
  });

  it('that cannot be read to its end is refused', async () => {
    const begun = gzipSync(Buffer.alloc(2_000)).subarray(0, 15);
    await expect(unpack(brokenOff(begun), join(folder, 'in'))).rejects.toThrow('another key');
  });
});

describe('a session', () => {
  const machines = () => {
    const keep = createKeep();
    const machine = (name: string) => {
      const profile = join(folder, name);
      return { profile, session: createSession(profile, keep.session, silentLog) };
    };
    return { keep, here: machine('here'), there: machine('there') };
  };
  const file = `${database}/CURRENT`;
  const read = (profile: string): string => readFileSync(join(profile, file), 'utf8');

  it('goes to another machine and comes back; a folder that is newer than what was saved stays', async () => {
    const { here, there } = machines();
    await here.session.restore();
    put(here.profile, file, 'one');
    await here.session.save();
    put(here.profile, file, 'two, not saved yet');
    await here.session.restore();
    expect(read(here.profile)).toBe('two, not saved yet');

    await there.session.restore();
    expect(read(there.profile)).toBe('one');
    put(there.profile, file, 'three');
    await there.session.save();
    await here.session.restore();
    expect(read(here.profile)).toBe('three');
  });

  it('is taken as it is saved last, also while another machine saves it', async () => {
    const { keep, here, there } = machines();
    await here.session.restore();
    put(here.profile, file, 'one');
    await here.session.save();
    put(here.profile, file, 'two');
    const { current } = keep.session;
    let looked = false;
    keep.session.current = async () => {
      const id = await current();
      if (!looked) await here.session.save();
      looked = true;
      return id;
    };
    await there.session.restore();
    expect(read(there.profile)).toBe('two');
  });

  it('is gone everywhere when the phone has ended it', async () => {
    const { keep, here, there } = machines();
    await here.session.restore();
    put(here.profile, file, 'one');
    await here.session.save();
    await here.session.forget();
    expect(keep.saved()).toBeUndefined();
    expect(existsSync(here.profile)).toBe(false);
    await there.session.restore();
    expect(existsSync(join(there.profile, file))).toBe(false);
  });

  it('that was saved and is damaged is left out: the phone is linked anew', async () => {
    const { keep, there } = machines();
    await keep.session.save(one(Buffer.from('no archive')));
    await there.session.restore();
    expect(existsSync(join(there.profile, file))).toBe(false);
  });
});
