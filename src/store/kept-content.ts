import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import type { Blobs } from './blobs.js';
import type { Collection, Document } from './collection.js';
import { insertOnce } from './insert-once.js';

/** Which blob a name stands for. */
export interface KeptRecord extends Document {
  blob: string | null;
}

export interface KeptContentOptions {
  records: Collection<KeptRecord>;
  blobs: Blobs;
  /** Id of the document. */
  name: string;
  /** 32 bytes: the content is sealed with it. */
  key: Buffer;
  /** Bytes. */
  limit: number;
}

const nonceBytes = 12;
const tagBytes = 16;

/** One content under a fixed name, sealed; a new one takes the place of the old one at once and as a whole. */
export function createKeptContent({ records, blobs, name, key, limit }: KeptContentOptions) {
  async function replace(blob: string | null): Promise<void> {
    await insertOnce(records, { _id: name, blob: null });
    const before = await records.findOne({ _id: name });
    await records.findOneAndUpdate({ _id: name }, { $set: { blob } });
    if (before && before.blob !== null && before.blob !== blob) await blobs.delete(before.blob);
  }

  async function current(): Promise<string | undefined> {
    return (await records.findOne({ _id: name }))?.blob ?? undefined;
  }

  return {
    /** Its id, which changes with the content. */
    current,
    /**
     * Undefined when there is none of that id. Rejects when the store cannot read it now; what it resolves to rejects
     * when it was changed or sealed otherwise.
     */
    async load(id: string): Promise<AsyncIterable<Uint8Array> | undefined> {
      const content = await blobs.open(id);
      return content && opened(await buffer(content), key);
    },
    async save(content: AsyncIterable<Uint8Array>): Promise<string> {
      const { id } = await blobs.put(sealed(content, key), { limit });
      await replace(id);
      return id;
    },
    forget: () => replace(null),
  };
}

async function* sealed(content: AsyncIterable<Uint8Array>, key: Buffer): AsyncGenerator<Uint8Array> {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes });
  yield nonce;
  for await (const chunk of content) yield cipher.update(chunk);
  yield cipher.final();
  yield cipher.getAuthTag();
}

/** As a whole, because nothing of it is believed before its end was seen. */
// oxlint-disable-next-line require-await -- a stream of one piece
async function* opened(bytes: Buffer, key: Buffer): AsyncGenerator<Uint8Array> {
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, nonceBytes), { authTagLength: tagBytes });
  decipher.setAuthTag(bytes.subarray(-tagBytes));
  yield Buffer.concat([decipher.update(bytes.subarray(nonceBytes, -tagBytes)), decipher.final()]);
}
