import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Child processes run what is built. */
export function buildOnce(): void {
  const script = fileURLToPath(new URL('../../../scripts/build.mjs', import.meta.url));
  spawnSync(process.execPath, [script, '--if-needed'], { stdio: 'inherit' });
}
