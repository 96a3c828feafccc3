// Writes until the disk takes no more, and goes on where a server would end; says how that went.
import { openEmbeddedStore } from '../../../dist/store/embedded/store.js';

const answer = { kept: 0, refused: {}, fatal: 0 };
// lmdb rejects promises that it gives to nobody.
process.on('unhandledRejection', () => undefined);

const codeOf = (promise) => promise.then(() => 'done').catch((error) => error.code ?? error.message);

async function main() {
  const store = await openEmbeddedStore({
    folder: process.argv[2],
    schema: { things: { indexes: [{ fields: ['kind', 'rank'] }] } },
    onFatal: () => (answer.fatal += 1),
  });
  const things = store.collection('things');
  const insert = async (rank) => {
    const code = await codeOf(things.insert({ _id: `t${rank}`, kind: 'row', rank, text: 'x'.repeat(1000) }));
    if (code === 'done') answer.kept += 1;
    else answer.refused[code] = (answer.refused[code] ?? 0) + 1;
  };
  for (let start = 0; start < 6000; start += 50) {
    await Promise.all(Array.from({ length: 50 }, (_, number) => insert(start + number)));
  }
  answer.found = await things.count({ kind: 'row' });
  answer.ping = await codeOf(store.ping());
  answer.close = await codeOf(store.close());
}

answer.main = await codeOf(main());
process.stdout.write(JSON.stringify(answer));
