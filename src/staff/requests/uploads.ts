import { createHash } from 'node:crypto';
import type { FilePort, StoredFile } from '../../channels/channel.js';
import { FileRefused } from '../../store/files.js';
import { problem, type Problem } from '../problem.js';

/** Keeps a file that staff send; what is not taken is refused with a sentence. */
export async function keepFile(
  files: FilePort,
  content: AsyncIterable<Uint8Array>,
  name: string,
): Promise<{ file: StoredFile; sha256: string } | Problem> {
  const hash = createHash('sha256');
  try {
    const { id, contentType, size, ...file } = await files.save(hashed(content, hash), { name });
    return { file: { id, name: file.name, contentType, size }, sha256: hash.digest('hex') };
  } catch (error) {
    if (!(error instanceof FileRefused)) throw error;
    return problem(statuses[error.reason], `staff.file.${error.reason}`);
  }
}

const statuses = { empty: 422, broken: 422, too_large: 413, type: 415 } as const;

async function* hashed(content: AsyncIterable<Uint8Array>, hash: ReturnType<typeof createHash>) {
  for await (const chunk of content) {
    hash.update(chunk);
    yield chunk;
  }
}
