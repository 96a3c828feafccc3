// How long an operator waits: from the start of the process until /healthz answers.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../dist/main.js', import.meta.url));
const port = 3197;

export async function startBench(times) {
  const taken = [];
  for (let time = 0; time < times; time += 1) taken.push(await startOnce());
  return taken.toSorted((a, b) => a - b)[times >> 1];
}

async function startOnce() {
  const folder = mkdtempSync(join(tmpdir(), 'wasl-start-'));
  const start = performance.now();
  const child = spawn(process.execPath, [main], {
    env: { ...process.env, PORT: String(port), DATA_DIR: folder },
    stdio: 'ignore',
  });
  while (!(await answers())) await new Promise((resolve) => setTimeout(resolve, 10));
  const ms = Math.round(performance.now() - start);
  child.kill();
  await new Promise((resolve) => child.once('exit', resolve));
  rmSync(folder, { recursive: true });
  return ms;
}

const answers = () =>
  fetch(`http://127.0.0.1:${port}/healthz`).then(
    ({ ok }) => ok,
    () => false,
  );
