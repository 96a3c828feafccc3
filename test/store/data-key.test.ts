import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { openDataKey } from '../../src/store/data-key.js';
import { temporaryFolder } from './embedded/folder.js';

const given = Buffer.alloc(32, 7).toString('base64');

describe('the data key', () => {
  it('is made once, for this user only, and is the same ever after', () => {
    const folder = join(temporaryFolder(), 'data');
    const first = openDataKey(folder);
    const second = openDataKey(folder);
    expect([first.made, second.made]).toEqual([true, false]);
    expect(second.derive('chat')).toEqual(first.derive('chat'));
    expect(readdirSync(folder)).toEqual(['data.key']);
    expect(statSync(join(folder, 'data.key')).mode & 0o077).toBe(0);
    expect(Buffer.from(readFileSync(join(folder, 'data.key'), 'utf8'), 'base64')).toHaveLength(32);
  });

  it('differs from deployment to deployment, and from purpose to purpose', () => {
    const key = openDataKey(temporaryFolder());
    expect(key.derive('chat')).toHaveLength(32);
    expect(key.derive('chat')).not.toEqual(key.derive('fields'));
    expect(key.derive('chat')).not.toEqual(openDataKey(temporaryFolder()).derive('chat'));
  });

  it('that is given is taken, and nothing is written', () => {
    const folder = join(temporaryFolder(), 'data');
    const key = openDataKey(folder, given);
    expect(key.made).toBe(false);
    expect(key.derive('chat')).toEqual(openDataKey(temporaryFolder(), given).derive('chat'));
    expect(existsSync(folder)).toBe(false);
  });

  it('is the one that is in the file, also when an operator put it there', () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'data.key'), given.replace('=', ''));
    expect(openDataKey(folder).derive('chat')).toEqual(openDataKey(folder, given).derive('chat'));
  });

  it.each([
    ['nothing', ''],
    ['half a key', given.slice(0, 20)],
    ['a key and more', `${given}${given}`],
    ['what is no key', `{"key":"${given}"}`],
  ])('is not made anew over %s, which is left as it is', (_name, content) => {
    const folder = temporaryFolder();
    const file = join(folder, 'data.key');
    writeFileSync(file, content);
    expect(() => openDataKey(folder)).toThrow(
      expect.objectContaining({ code: 'store_corrupt', message: expect.stringContaining(file) }),
    );
    expect(readFileSync(file, 'utf8')).toBe(content);
  });

  it('that cannot be read or made is told to the operator', () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'data.key'));
    writeFileSync(join(folder, 'file'), '');
    for (const place of [folder, join(folder, 'file', 'data')]) {
      expect(() => openDataKey(place)).toThrow(
        expect.objectContaining({ code: 'store_failed', message: expect.stringContaining('data.key') }),
      );
    }
  });

  it('is one, however many processes start at once', async () => {
    const folder = temporaryFolder();
    const said = await Promise.all(Array.from({ length: 6 }, () => keyOfAnotherProcess(folder)));
    const mine = openDataKey(folder).derive('chat').toString('hex');
    expect(said.map(({ key }) => key)).toEqual(Array.from({ length: 6 }, () => mine));
    expect(said.filter(({ made }) => made)).toHaveLength(1);
    expect(readdirSync(folder)).toEqual(['data.key']);
  });
});

async function keyOfAnotherProcess(folder: string): Promise<{ key: string; made: boolean }> {
  const built = fileURLToPath(new URL('../../dist/store/data-key.js', import.meta.url));
  const script = `
    import { openDataKey } from ${JSON.stringify(`file://${built}`)};
    const key = openDataKey(${JSON.stringify(folder)});
    process.stdout.write(JSON.stringify({ key: key.derive('chat').toString('hex'), made: key.made }));
  `;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.on('data', (bytes) => (output += String(bytes)));
  await new Promise((resolve) => child.once('close', resolve));
  return JSON.parse(output) as { key: string; made: boolean };
}
