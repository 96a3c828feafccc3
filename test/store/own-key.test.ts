import { expect, it } from 'vitest';
import { checkDataKey, openDataKey } from '../../src/store/data-key.js';
import { describeOnEachStore } from '../fixtures/stores.js';
import { temporaryFolder } from './embedded/folder.js';

describeOnEachStore('the key of the data', (openStore) => {
  it('is the only one by which they are opened again', async () => {
    const { store } = await openStore();
    const folder = temporaryFolder();
    await checkDataKey(store, openDataKey(folder));
    await checkDataKey(store, openDataKey(folder));
    await expect(checkDataKey(store, openDataKey(temporaryFolder()))).rejects.toMatchObject({
      code: 'config_invalid',
      message: expect.stringContaining(
        `DATA_KEY, or data.key in DATA_DIR, is not the key of the data in ${store.place}`,
      ),
    });
    await checkDataKey(store, openDataKey(folder));
  });
});
