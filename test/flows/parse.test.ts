import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { parseYamlFile } from '../../src/flows/parse.js';

const folder = mkdtempSync(join(tmpdir(), 'wasl-parse-'));
afterAll(() => rmSync(folder, { recursive: true }));

const schema = z.array(
  z.strictObject({
    id: z.string(),
    count: z.int().optional(),
    answer: z
      .union([z.string(), z.array(z.union([z.string(), z.strictObject({ when: z.string(), say: z.string() })]))])
      .optional(),
  }),
);

function parse(...lines: string[]) {
  const file = join(folder, 'file.yaml');
  writeFileSync(file, lines.join('\n'));
  return parseYamlFile(file, 'flows/file.yaml', schema);
}

const problems = (...lines: string[]): string[] => {
  const parsed = parse(...lines);
  return parsed.type === 'wrong' ? parsed.problems : [];
};

const grow = (from: string, to: string): string[] => [`- &${to} [${Array(10).fill(`*${from}`).join(', ')}]`];

describe('a file of the content', () => {
  it('is its value, and knows the line of each part', () => {
    const parsed = parse('# a word before', '- id: one', '  answer:', '    - text', '- id: two');
    expect(parsed).toMatchObject({ type: 'parsed', value: [{ id: 'one', answer: ['text'] }, { id: 'two' }] });
    expect(parsed.type === 'parsed' && [[0], [0, 'answer'], [0, 'answer', 0], [1, 'id']].map(parsed.lineOf)).toEqual([
      2, 3, 4, 5,
    ]);
  });

  it('names the line and the path of each mistake, all of them at once', () => {
    expect(problems('- id: one', '  count: many', '- id: [two]')).toEqual([
      expect.stringMatching(/^flows\/file\.yaml:2 {2}0\.count: .*number/),
      expect.stringMatching(/^flows\/file\.yaml:3 {2}1\.id: .*string/),
    ]);
  });

  it('names a key that is not known where it stands', () => {
    expect(problems('- id: one', '  cuont: 3')).toEqual([expect.stringMatching(/^flows\/file\.yaml:\d .*"cuont"/)]);
  });

  it('names what is missing at the thing that lacks it', () => {
    expect(problems('- id: one', '- count: 2')).toEqual([expect.stringMatching(/^flows\/file\.yaml:2 {2}1\.id: /)]);
  });

  it('says of alternatives that all failed what is wrong with the one that came furthest', () => {
    expect(problems('- id: one', '  answer:', '    - text', '    - when: phone', '      sya: call us')).toEqual([
      expect.stringMatching(/^flows\/file\.yaml:4 {2}0\.answer\.1\.say: /),
      expect.stringMatching(/^flows\/file\.yaml:4 {2}0\.answer\.1: .*"sya"/),
    ]);
  });

  it.each([
    ['a bracket that is not closed', ['- id: [one', '- id: two']],
    ['a key that is there twice', ['- id: one', '  id: two']],
    ['a tab', ['- id: one', '\tcount: 2']],
    ['an alias to nothing', ['- id: *gone']],
    ['aliases that grow without end', ['- &a [x, x, x, x, x, x, x, x, x, x]', ...grow('a', 'b'), ...grow('b', 'c'), ...grow('c', 'd')]],
  ])('with %s is refused with its line', (_what, lines) => {
    expect(problems(...lines)[0]).toMatch(/^flows\/file\.yaml:\d+ {2}\S/);
  });

  it('that is empty is refused', () => {
    expect(problems('')).toHaveLength(1);
  });
});
