import type { Blobs } from './blobs.js';
import type { Store } from './collection.js';

/** An engine that is ready: its collections, and the contents of files beside them. */
export interface OpenedStore {
  store: Store;
  blobs: Blobs;
}
