import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { content, root } from '../fixtures/assets.js';

const plurals = { ar: ['zero', 'one', 'two', 'few', 'many', 'other'], en: ['one', 'other'] } as const;

/** `bot.greeting` → its sentence. */
function sentences(tree: Record<string, unknown>, prefix = ''): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]): [string, string][] =>
    typeof value === 'object' && value !== null
      ? sentences({ ...value }, `${prefix}${key}.`)
      : [[`${prefix}${key}`, String(value)]],
  );
}

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sources(path);
    return path.endsWith('.ts') ? [readFileSync(path, 'utf8')] : [];
  });
}

describe.each(['ar', 'en'] as const)('the sentences of %s', (locale) => {
  const all = new Map(sentences(content().locales[locale]));

  it('are not empty, and have every plural form of the language', () => {
    const missing = [...all].flatMap(([key, sentence]) => {
      const [, stem] = /^(.+)_(?:zero|one|two|few|many|other)$/.exec(key) ?? [];
      const forms = stem === undefined ? [] : plurals[locale].map((form) => `${stem}_${form}`);
      return [...(sentence.trim() === '' ? [key] : []), ...forms.filter((form) => !all.has(form))];
    });
    expect([...new Set(missing)]).toEqual([]);
  });

  it('are there for every key that the code names', () => {
    const spoken = sources(join(root, 'src')).join('\n');
    const named = [...spoken.matchAll(/'((?:bot|person|form|steps|cannotRead|units|terminal|telegram|staff)\.[a-zA-Z]+)'/g)];
    const keys = new Set([...all.keys()].map((key) => key.replace(/_(zero|one|two|few|many|other)$/, '')));
    expect(named.length).toBeGreaterThan(20);
    expect(named.flatMap(([, key]) => (key !== undefined && !keys.has(key) ? [key] : []))).toEqual([]);
  });
});
