import { describe, it } from 'vitest';
import { openMongoStore } from '../../../src/store/mongo/store.js';
import { databaseUri, dropDatabase, mongodbUri } from '../../fixtures/stores.js';
import { contractSchema, storeContract } from '../contract.js';

if (mongodbUri === undefined) {
  describe('the contract of a store, on MongoDB', () => {
    it.skip('is not run: set MONGODB_URI to the address of a MongoDB server');
  });
} else {
  storeContract('MongoDB', async () => {
    const uri = databaseUri();
    const { store } = await openMongoStore(uri, { schema: contractSchema });
    return {
      store,
      async destroy() {
        await store.close();
        await dropDatabase(uri);
      },
    };
  });
}
