import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { openEmbeddedStore } from '../../../src/store/embedded/store.js';
import type { Thing } from '../contract.js';
import { temporaryFolder } from './folder.js';

const path = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const schema = { things: { indexes: [{ fields: ['kind', 'rank'] }] } };

/** The highest count acknowledged for each line that the child wrote. */
interface Heard {
  kept: Map<string, number>;
  fatal: string[];
}

function listen(child: ChildProcess, heard: Heard): Promise<void> {
  createInterface({ input: child.stdout! }).on('line', (line) => {
    const [word, id, count] = line.split(' ');
    if (word === 'kept') heard.kept.set(id ?? '', Number(count));
    if (word === 'fatal') heard.fatal.push(id ?? '');
  });
  return new Promise((resolve) => child.once('close', () => resolve()));
}

/** What was acknowledged is there, in the documents and in the indexes, and nothing is there by halves. */
async function verify(folder: string, kept: ReadonlyMap<string, number>): Promise<void> {
  const store = await openEmbeddedStore({ folder, schema });
  const things = store.collection<Thing>('things');
  for (const [id, count] of kept) {
    expect((await things.findOne({ _id: id }))?.count).toBeGreaterThanOrEqual(count);
    expect(await things.findOne({ _id: `${id}-${count}` })).toMatchObject({ rank: count });
  }
  const rows = await things.find({ kind: 'row' }, { sort: { rank: 1 } });
  const lines = await things.find({ kind: 'line' });
  const written = lines.reduce((sum, line) => sum + (line.count ?? 0), 0);
  expect(rows.length).toBeLessThanOrEqual(written);
  expect(rows.length).toBeGreaterThanOrEqual(written - lines.length);
  await store.close();
}

describe('what the embedded store has acknowledged', () => {
  it('is there after the process was killed, time and again', async () => {
    const folder = temporaryFolder();
    const heard: Heard = { kept: new Map(), fatal: [] };
    for (let kill = 0; kill < 8; kill += 1) {
      const child = spawn(process.execPath, [path('writing-child.mjs'), folder], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const enough = heard.kept.size + 1;
      const ended = listen(child, heard);
      child.stdout.on('data', () => {
        if (heard.kept.size >= enough) setTimeout(() => child.kill('SIGKILL'), kill * 11);
      });
      await ended;
      await verify(folder, heard.kept);
    }
    expect(heard.kept.size).toBeGreaterThan(8);
  });

  it.skipIf(process.platform === 'win32')(
    'is there after the disk took no more, and the process was told to end',
    async () => {
      const folder = temporaryFolder();
      const heard: Heard = { kept: new Map(), fatal: [] };
      const limited = `trap '' XFSZ; ulimit -f 4000; exec "$0" "$@"`;
      const args = ['-c', limited, process.execPath, path('writing-child.mjs'), folder, '20000'];
      await listen(spawn('sh', args, { stdio: ['ignore', 'pipe', 'ignore'] }), heard);
      expect(heard.fatal).toEqual(['store_failed']);
      expect(heard.kept.size).toBeGreaterThan(0);
      await verify(folder, heard.kept);
    },
  );

  it('can be read by a tool beside the running server, which cannot write', async () => {
    const folder = temporaryFolder();
    const store = await openEmbeddedStore({ folder, schema });
    const things = store.collection<Thing>('things');
    for (const rank of [2, 1, 3]) await things.insert({ _id: `r${rank}`, kind: 'row', rank });
    const tool = spawnSync(process.execPath, [path('reading-child.mjs'), folder], { encoding: 'utf8' });
    expect(JSON.parse(tool.stdout)).toEqual({ found: [1, 2, 3], refused: 'store_refused' });
    await things.insert({ _id: 'r4', kind: 'row', rank: 4 });
    expect(await things.count({ kind: 'row' })).toBe(4);
    await store.close();
  });

  it('can be read when no server runs, and needs to be there', async () => {
    const folder = temporaryFolder();
    await expect(openEmbeddedStore({ folder, readOnly: true, schema })).rejects.toMatchObject({ code: 'store_failed' });
    const store = await openEmbeddedStore({ folder, schema });
    await store.collection<Thing>('things').insert({ _id: 'a', kind: 'row', rank: 1 });
    await store.close();
    const reader = await openEmbeddedStore({ folder, readOnly: true, schema });
    expect(await reader.collection<Thing>('things').count({ kind: 'row' })).toBe(1);
    await expect(reader.collection<Thing>('things').insert({ _id: 'b' })).rejects.toMatchObject({
      code: 'store_refused',
    });
    await reader.close();
  });
});

describe('closing the embedded store', () => {
  it('waits for what was written before, and refuses what comes after', async () => {
    const folder = temporaryFolder();
    let fatal = 0;
    const store = await openEmbeddedStore({ folder, schema, onFatal: () => (fatal += 1) });
    const things = store.collection<Thing>('things');
    const writes = Array.from({ length: 100 }, (_, number) =>
      things.insert({ _id: `w${number}`, kind: 'row', rank: number }),
    );
    const closing = store.close();
    const closed = { name: 'StoreError', code: 'store_failed' };
    await expect(things.insert({ _id: 'late' })).rejects.toMatchObject(closed);
    await expect(things.findOne({ _id: 'w1' })).rejects.toMatchObject(closed);
    await expect(things.find({ kind: 'row' })).rejects.toMatchObject(closed);
    await closing;
    await store.close();
    await expect(store.ping()).rejects.toMatchObject(closed);
    await expect(things.count({ _id: 'w1' })).rejects.toMatchObject(closed);
    expect((await Promise.allSettled(writes)).filter(({ status }) => status === 'fulfilled')).toHaveLength(100);
    const again = await openEmbeddedStore({ folder, schema });
    expect(await again.collection<Thing>('things').count({ kind: 'row' })).toBe(100);
    await again.close();
    expect(fatal).toBe(0);
  });
});
