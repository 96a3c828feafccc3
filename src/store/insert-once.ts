import { StoreError } from '../core/errors.js';
import type { Collection, Document } from './collection.js';

/** Inserts a document unless it is there already; resolves to whether it was new. */
export async function insertOnce<T extends Document>(collection: Collection<T>, document: T): Promise<boolean> {
  try {
    await collection.insert(document);
    return true;
  } catch (error) {
    if (error instanceof StoreError && error.code === 'store_duplicate') return false;
    throw error;
  }
}
