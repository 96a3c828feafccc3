import { setImmediate as nextRound } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { silentLog } from '../../src/core/log.js';
import { createPulse } from '../../src/core/pulse.js';
import { until } from '../fixtures/eventually.js';

const slow = { beatMs: 3_600_000, log: silentLog };

it('looks once more for whoever wakes it while it looks', async () => {
  let beats = 0;
  const pulse = createPulse(async () => void (beats += 1), slow);
  pulse.start();
  pulse.wake();
  await until(() => beats === 2);
  await pulse.stop();
});

it('looks no more once it was told to stop, also when it was woken just before', async () => {
  let beats = 0;
  const pulse = createPulse(async () => void (beats += 1), slow);
  pulse.start();
  await until(() => beats === 1);
  pulse.wake();
  await pulse.stop();
  await nextRound();
  await nextRound();
  expect(beats).toBe(1);
});
