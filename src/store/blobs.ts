/** Content that people sent: bytes under an id that nobody can guess. What is known of them is in the collection `files`. */
export interface Blobs {
  /**
   * Keeps a content; resolves to its id, size and digest when the disk has it. When `content` ends early or is longer
   * than `limit` bytes, nothing is kept and it rejects with what `content` threw, or with `BlobTooLarge`.
   */
  put(content: AsyncIterable<Uint8Array>, options: { limit: number }): Promise<StoredBlob>;
  open(id: string): Promise<AsyncIterable<Uint8Array> | undefined>;
  delete(id: string): Promise<void>;
}

export interface StoredBlob {
  id: string;
  /** Bytes. */
  size: number;
  /** SHA-256, hexadecimal. */
  sha256: string;
}

export class BlobTooLarge extends Error {
  override name = 'BlobTooLarge';
}

/** Ids are ours alone; anything else names no content, and no path. */
export const isBlobId = (id: string): boolean => /^[A-Za-z0-9_-]{22,64}$/.test(id);
