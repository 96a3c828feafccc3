// Writes as fast as it can and says what was acknowledged, until it is killed or the disk takes no more.
import { writeSync } from 'node:fs';
import { openEmbeddedStore } from '../../../dist/store/embedded/store.js';

const [folder, length = '100'] = process.argv.slice(2);
const say = (line) => writeSync(1, `${line}\n`);

const store = await openEmbeddedStore({
  folder,
  schema: { things: { indexes: [{ fields: ['kind', 'rank'] }] } },
  onFatal(error) {
    say(`fatal ${error.code}`);
    process.exit(1);
  },
});
const things = store.collection('things');
const life = process.pid;

async function write(line) {
  await things.insert({ _id: `${life}-${line}`, kind: 'line', rank: life, count: 0 });
  for (let count = 1; ; count += 1) {
    await things.findOneAndUpdate({ _id: `${life}-${line}` }, { $set: { count, text: 'x'.repeat(Number(length)) } });
    await things.insert({ _id: `${life}-${line}-${count}`, kind: 'row', rank: count });
    say(`kept ${life}-${line} ${count}`);
  }
}

await Promise.all(Array.from({ length: 20 }, (_, line) => write(line)));
