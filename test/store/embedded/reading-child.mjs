// Opens a folder beside the server that works there, reads, and tries to write.
import { openEmbeddedStore } from '../../../dist/store/embedded/store.js';

const store = await openEmbeddedStore({
  folder: process.argv[2],
  readOnly: true,
  schema: { things: { indexes: [{ fields: ['kind', 'rank'] }] } },
});
const things = store.collection('things');
const found = await things.find({ kind: 'row' }, { sort: { rank: 1 } });
const refused = await things.insert({ _id: 'mine' }).catch((error) => error.code);
await store.ping();
await store.close();
process.stdout.write(JSON.stringify({ found: found.map(({ rank }) => rank), refused }));
