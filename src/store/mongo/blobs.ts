import { createHash } from 'node:crypto';
import { pipeline } from 'node:stream/promises';
import mongoose, { type Connection } from 'mongoose';
import { StoreError } from '../../core/errors.js';
import type { Ids } from '../../core/ids.js';
import { BlobTooLarge, isBlobId, type Blobs } from '../blobs.js';

/** Contents in GridFS, in the bucket `blobs`, named by our own ids. */
export function createGridBlobs(connection: Connection, ids: Ids): Blobs {
  const { db } = connection;
  if (!db) throw new Error('the connection is not open');
  const bucket = new mongoose.mongo.GridFSBucket(db, { bucketName: 'blobs' });

  const fileOf = async (id: string) => (isBlobId(id) ? done(bucket.find({ filename: id }).next()) : null);

  return {
    async put(content, { limit }) {
      const id = ids.secret(18);
      const digest = createHash('sha256');
      const problem: { thrown?: unknown } = {};
      let size = 0;
      async function* watched(): AsyncGenerator<Uint8Array> {
        try {
          for await (const chunk of content) {
            size += chunk.length;
            if (size > limit) throw new BlobTooLarge(`more than ${limit} bytes`);
            digest.update(chunk);
            yield chunk;
          }
        } catch (error) {
          problem.thrown = error;
          throw error;
        }
      }
      const upload = bucket.openUploadStream(id);
      try {
        await pipeline(watched(), upload);
      } catch (error) {
        await upload.abort().catch(() => undefined);
        throw 'thrown' in problem ? problem.thrown : failed(error);
      }
      return { id, size, sha256: digest.digest('hex') };
    },
    async open(id) {
      const file = await fileOf(id);
      return file ? bucket.openDownloadStream(file._id) : undefined;
    },
    async delete(id) {
      const file = await fileOf(id);
      if (file) await done(bucket.delete(file._id));
    },
  };
}

async function done<R>(work: Promise<R>): Promise<R> {
  try {
    return await work;
  } catch (error) {
    throw failed(error);
  }
}

const failed = (cause: unknown): StoreError =>
  new StoreError('store_failed', 'MongoDB could not keep or read a file. Is the server up and reachable?', { cause });
