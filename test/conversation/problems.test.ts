import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { content, root } from '../fixtures/assets.js';

const folder = join(root, 'src/conversation/steps');
const source = readdirSync(folder)
  .map((file) => readFileSync(join(folder, file), 'utf8'))
  .join('\n');
const problems = [...source.matchAll(/problem: ([^,}\n]+)/g)].flatMap(([, named = '']) =>
  [...named.replace(/=== '\w+'/g, '').matchAll(/'(\w+)'/g)].map(([, problem = '']) => problem),
);

describe('what may be wrong with an answer', () => {
  it.each([...new Set(problems)])(
    'has a sentence in both languages, and another one the second time: %s',
    (problem) => {
      for (const { steps } of [content().locales.ar, content().locales.en] as { steps: Record<string, string> }[]) {
        const sentences = [problem, `${problem}Again`].map((key) => steps[key] ?? steps[`${key}_other`]);
        expect(sentences).not.toContain(undefined);
        expect(new Set(sentences).size).toBe(2);
      }
    },
  );

  it('is found in the steps', () => {
    expect(problems.length).toBeGreaterThan(20);
  });
});
