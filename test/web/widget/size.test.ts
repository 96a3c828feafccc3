import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';

it('brings script, styles and the texts of both languages in at most 8 KB', () => {
  const script = readFileSync(new URL('../../../dist/web/chat.js', import.meta.url));
  expect(gzipSync(script, { level: 9 }).length).toBeLessThanOrEqual(8192);
});
