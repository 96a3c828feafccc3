import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: 'test/fixtures/build.ts',
    testTimeout: 120_000,
    hookTimeout: 120_000,
    pool: 'forks',
    // No test changes what another one finds in its process, and reading the code anew for each file takes half of the time.
    isolate: false,
    // Most tests wait for a disk, a socket or a browser: one file more than there are processors keeps them busy.
    maxWorkers: availableParallelism() + 1,
  },
});
