import { join } from 'node:path';
import type { Ids } from '../core/ids.js';
import type { OpenedStore } from './opened.js';

export interface OpenOptions {
  /** Where the embedded store and the files are. */
  dataFolder: string;
  /** MongoDB instead of the embedded store. */
  mongodbUri?: string;
  /** For tools beside a running server. */
  readOnly?: boolean;
  /** Called when a write did not reach the disk: the process must end. */
  onFatal?: (error: unknown) => void;
  ids: Ids;
}

/** Opens the store that the configuration asks for. Each engine is loaded only when it is used. */
export async function openStore({ dataFolder, mongodbUri, readOnly, onFatal, ids }: OpenOptions): Promise<OpenedStore> {
  if (mongodbUri !== undefined) {
    const { openMongoStore } = await import('./mongo/store.js');
    return openMongoStore(mongodbUri, { ids, ...(readOnly ? { readOnly } : {}) });
  }
  const { openEmbeddedStore } = await import('./embedded/store.js');
  const { createFolderBlobs, removeUnfinishedBlobs } = await import('./embedded/blobs.js');
  const store = await openEmbeddedStore({
    folder: dataFolder,
    ...(readOnly ? { readOnly } : {}),
    ...(onFatal ? { onFatal } : {}),
  });
  const files = join(dataFolder, 'files');
  if (!readOnly) await removeUnfinishedBlobs(files);
  return { store, blobs: createFolderBlobs(files, ids) };
}
