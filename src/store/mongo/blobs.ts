import { createHash, randomBytes } from 'node:crypto';
import { pipeline } from 'node:stream/promises';
import mongoose, { type Connection } from 'mongoose';
import { BlobTooLarge, isBlobId, type Blobs } from '../blobs.js';

/** Contents in GridFS, in the bucket `blobs`, named by our own ids. */
export function createGridBlobs(connection: Connection): Blobs {
  const { db } = connection;
  if (!db) throw new Error('the connection is not open');
  const bucket = new mongoose.mongo.GridFSBucket(db, { bucketName: 'blobs' });

  const fileOf = async (id: string) => (isBlobId(id) ? bucket.find({ filename: id }).next() : null);

  return {
    async put(content, { limit }) {
      const id = randomBytes(18).toString('base64url');
      const digest = createHash('sha256');
      let size = 0;
      async function* watched(): AsyncGenerator<Uint8Array> {
        for await (const chunk of content) {
          size += chunk.length;
          if (size > limit) throw new BlobTooLarge(`more than ${limit} bytes`);
          digest.update(chunk);
          yield chunk;
        }
      }
      const upload = bucket.openUploadStream(id);
      try {
        await pipeline(watched(), upload);
      } catch (error) {
        await upload.abort().catch(() => undefined);
        throw error;
      }
      return { id, size, sha256: digest.digest('hex') };
    },
    async open(id) {
      const file = await fileOf(id);
      return file ? bucket.openDownloadStream(file._id) : undefined;
    },
    async delete(id) {
      const file = await fileOf(id);
      if (file) await bucket.delete(file._id);
    },
  };
}
