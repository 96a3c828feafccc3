import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const source = fileURLToPath(new URL('../src', import.meta.url));

/** The floors, from the top to the ground: a folder imports only what stands below it. */
const floors = [
  ['main', 'chat', 'check', 'demo', 'doctor'],
  ['start-lines'],
  ['app'],
  ['wiring'],
  ['config', 'operations'],
  ['staff'],
  ['takeover'],
  ['requests', 'inquiries', 'appointments', 'people', 'satisfaction', 'mailbox'],
  ['conversation', 'channels', 'store', 'web'],
  ['flows', 'language'],
  ['core'],
];

const files = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.startsWith(join('web', 'chat')))
  .map((file) => ({ file, text: readFileSync(join(source, file), 'utf8') }));

const imports = files.flatMap(({ file, text }) =>
  [...text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map(([, target = '']) => ({ file, target })),
);

const roomOf = (file: string): string => (file.split(/[/\\]/)[0] ?? '').replace(/\.ts$/, '');
const floorOf = (room: string): number => floors.findIndex((floor) => floor.includes(room));

describe('the house', () => {
  it('has a floor for every room', () => {
    expect([...new Set(files.map(({ file }) => roomOf(file)))].filter((room) => floorOf(room) === -1)).toEqual([]);
  });

  it('has no arrow upwards, and none between rooms of one floor', () => {
    const wrong = imports
      .filter(({ target }) => target.startsWith('.'))
      .map(({ file, target }) => ({ file, to: relative(source, resolve(dirname(join(source, file)), target)) }))
      .filter(({ file, to }) => roomOf(file) !== roomOf(to.replace(/\.js$/, '.ts')))
      .filter(({ file, to }) => floorOf(roomOf(to.replace(/\.js$/, '.ts'))) <= floorOf(roomOf(file)));
    expect(wrong).toEqual([]);
  });

  it('keeps the Bot Framework SDK in channels/ and in one file of conversation/', () => {
    const users = imports.filter(({ target }) => /^botbuilder|^botframework/.test(target)).map(({ file }) => file);
    const outside = users.filter((file) => !file.startsWith(join('channels', 'botframework')));
    expect([...new Set(outside)]).toEqual([join('conversation', 'bot.ts')]);
  });

  it('reads the environment in one place', () => {
    const readers = files.filter(({ text }) => text.includes('process.env')).map(({ file }) => file);
    expect(readers).toEqual(['config.ts']);
  });

  it('keeps the conversation engine pure: no files, no network, no clock of its own', () => {
    const impure = files
      .filter(({ file }) => file.startsWith('conversation'))
      .filter(({ text }) =>
        /from 'node:(fs|net|http|https|child_process)|Date\.now\(|new Date\(\)|Math\.random/.test(text),
      );
    expect(impure.map(({ file }) => file)).toEqual([]);
  });

  it('has rooms of a size that can be seen at once', () => {
    const large = files.filter(({ text }) => text.split('\n').length > 400).map(({ file }) => file);
    expect(large).toEqual([]);
  });
});
