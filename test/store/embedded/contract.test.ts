import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEmbeddedStore } from '../../../src/store/embedded/store.js';
import { contractSchema, storeContract } from '../contract.js';

storeContract('the embedded store', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'wasl-contract-'));
  const store = await openEmbeddedStore({ folder, schema: contractSchema });
  return {
    store,
    async destroy() {
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
});
