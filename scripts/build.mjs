// Builds dist/: the server with tsc, the chat widget with Vite. Runs on install, and before a start whose sources are
// newer than what was built. `--if-needed` looks at file times only and costs a few milliseconds.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const stamp = join(root, 'dist', '.built');

if (process.argv.includes('--if-needed') && upToDate()) process.exit(0);

const tsc = resolveTool('typescript', 'tsc');
const vite = resolveTool('vite', 'vite');
if (!tsc || !vite) {
  if (existsSync(stamp)) process.exit(0);
  console.error('Wasl cannot be built: its packages are missing. Run "npm install" in this folder, then try again.');
  process.exit(1);
}

rmSync(join(root, 'dist'), { recursive: true, force: true });
run(tsc, ['-p', 'tsconfig.json']);
run(vite, ['build', '--config', 'src/web/chat/vite.config.mjs', '--logLevel', 'error']);
run('scripts/schemas.mjs', []);
writeFileSync(stamp, '');

function upToDate() {
  if (!existsSync(stamp)) return false;
  const built = statSync(stamp).mtimeMs;
  const watched = ['src', 'locales', 'scripts'].map((folder) => join(root, folder));
  return !watched.some((folder) => newerThan(built, folder));
}

function newerThan(time, folder) {
  return readdirSync(folder, { withFileTypes: true }).some((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? newerThan(time, path) : statSync(path).mtimeMs > time;
  });
}

function resolveTool(name, bin) {
  try {
    const manifest = createRequire(import.meta.url).resolve(`${name}/package.json`);
    const file = createRequire(import.meta.url)(manifest).bin[bin];
    return join(dirname(manifest), file);
  } catch {
    return undefined;
  }
}

function run(file, args) {
  const { status } = spawnSync(process.execPath, [file, ...args], { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
