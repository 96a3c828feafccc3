// npm run bench: what Wasl does in a second, each figure beside its peer in the same run, because machines differ.
// JSON lines for machines, then a table. `--quick` takes a tenth of the turns. MONGODB_URI adds that store.
import { echoBench } from './echo.mjs';
import { engineBench, matchBench } from './engine.mjs';
import { startBench } from './start.mjs';
import { turnsBench } from './turns.mjs';
import { webhooksBench } from './webhooks.mjs';

const share = process.argv.includes('--quick') ? 0.1 : 1;
const mongodbUri = process.env.MONGODB_URI;
const rows = [];

function report(row) {
  rows.push(row);
  console.log(JSON.stringify(row));
}

for (const [conversations, outstanding] of [
  [1, 1],
  [50, 1],
  [500, 1],
  [1, 32],
  [50, 32],
  [500, 32],
]) {
  const turns = Math.round((conversations * outstanding < 10 ? 2_000 : 20_000) * share);
  const { turnsPerSecond: peer } = await echoBench({ turns, conversations, outstanding });
  const stores = [{ store: 'embedded' }, ...(mongodbUri ? [{ store: 'MongoDB', mongodbUri }] : [])];
  for (const { store, ...options } of stores) {
    const few = store === 'MongoDB' ? Math.min(turns, 3_000) : turns;
    for (const channel of ['web chat', 'Telegram']) {
      const reads = channel === 'web chat';
      const { turnsPerSecond } = await turnsBench({ turns: few, conversations, outstanding, reads, ...options });
      const about = `turns/s, ${store}, as ${channel}: ${conversations} conversations, ${outstanding} under way in each`;
      report({ about, wasl: Math.round(turnsPerSecond), peer: Math.round(peer), ratio: round(turnsPerSecond / peer) });
    }
  }
}

const { wasl, bare } = await webhooksBench({ deliveries: Math.round(20_000 * share) });
const webhooks = {
  'WhatsApp deliveries/s, 50 connections': 'perSecond',
  'WhatsApp delivery, ms, p50 at 200/s': 'p50',
  'WhatsApp delivery, ms, p99 at 200/s': 'p99',
};
for (const [about, figure] of Object.entries(webhooks)) {
  report({ about, wasl: wasl[figure], peer: bare[figure], ratio: round(wasl[figure] / bare[figure]) });
}

const engine = engineBench({ turns: Math.round(20_000 * share) });
report({ about: 'turns/s, conversation engine alone, state as JSON in and out', wasl: engine.turnsPerSecond });
const match = matchBench({ questions: Math.round(2_000 * share) });
report({ about: 'training of the matcher at start, ms', wasl: match.trainMs });
report({ about: 'one question matched, µs, median', wasl: match.p50 });
report({ about: 'one question matched, µs, 95th percentile', wasl: match.p95 });
report({ about: 'start until /healthz answers, ms, median of 5', wasl: await startBench(5) });

console.table(rows);

function round(value) {
  return Math.round(value * 100) / 100;
}
