import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { createKeptContent, type KeptRecord } from '../../src/store/kept-content.js';
import { createSetting, type SettingRecord } from '../../src/store/setting.js';
import { describeOnEachStore } from '../fixtures/stores.js';

async function* chunks(...parts: Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* parts;
}

// oxlint-disable-next-line require-yield -- it never comes that far
async function* brokenOff(): AsyncGenerator<Uint8Array> {
  throw new Error('the connection broke');
}

async function whole(content: AsyncIterable<Uint8Array> | undefined): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const part of content ?? []) parts.push(part);
  return Buffer.concat(parts).toString();
}

describeOnEachStore('a kept content', (open) => {
  const key = randomBytes(32);
  let number = 0;

  async function setUp() {
    const { store, blobs } = await open();
    const options = { records: store.collection<KeptRecord>('settings'), blobs, name: `kept-${(number += 1)}` };
    const kept = createKeptContent({ ...options, key, limit: 1_000 });
    const stranger = createKeptContent({ ...options, key: randomBytes(32), limit: 1_000 });
    return { kept, stranger, blobs };
  }

  it('is what was saved last; the one before is gone', async () => {
    const { kept, blobs } = await setUp();
    expect(await kept.current()).toBeUndefined();
    const first = await kept.save(chunks(Buffer.from('one')));
    const second = await kept.save(chunks(Buffer.from('two'), Buffer.from(' parts')));
    expect(await kept.current()).toBe(second);
    expect(await whole(await kept.load(second))).toBe('two parts');
    expect(await blobs.open(first)).toBeUndefined();
    await kept.forget();
    expect(await kept.current()).toBeUndefined();
    expect(await kept.load(second)).toBeUndefined();
  });

  it('is sealed: nobody reads it in the store, or without the key', async () => {
    const { kept, stranger, blobs } = await setUp();
    const id = await kept.save(chunks(Buffer.from('the link to the phone')));
    expect(await whole(await blobs.open(id))).not.toContain('phone');
    await expect(stranger.load(id).then(whole)).rejects.toThrow(/authenticate/);
  });

  it('that the store cannot read just now is not taken for a damaged one', async () => {
    const { kept, blobs } = await setUp();
    const id = await kept.save(chunks(Buffer.from('good')));
    const { open: openBlob } = blobs;
    blobs.open = async () => brokenOff();
    await expect(kept.load(id)).rejects.toThrow('the connection broke');
    blobs.open = openBlob;
    expect(await whole(await kept.load(id))).toBe('good');
  });

  it('stays when the next one breaks off or is too large', async () => {
    const { kept } = await setUp();
    const id = await kept.save(chunks(Buffer.from('good')));
    await expect(kept.save(chunks(Buffer.alloc(2_000)))).rejects.toThrow(/more than/);
    expect(await kept.current()).toBe(id);
    expect(await whole(await kept.load(id))).toBe('good');
  });
});

describeOnEachStore('a setting', (open) => {
  it('is what was written last, also by two at once', async () => {
    const { store } = await open();
    const setting = createSetting(store.collection<SettingRecord<{ at: number }>>('settings'), 'a-setting');
    expect(await setting.read()).toBeUndefined();
    await Promise.all([setting.write({ at: 1 }), setting.write({ at: 2 })]);
    await setting.write({ at: 3 });
    expect(await setting.read()).toEqual({ at: 3 });
  });
});
