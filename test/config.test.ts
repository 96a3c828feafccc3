import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseEnv } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import { readConfig, variableNames } from '../src/config.js';
import { ConfigError } from '../src/core/errors.js';

const noFile = '/nowhere/.env';
const folders: string[] = [];
afterEach(() => folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true })));

function envFile(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'wasl-config-'));
  folders.push(folder);
  writeFileSync(join(folder, '.env'), text);
  return join(folder, '.env');
}

function problemsOf(environment: NodeJS.ProcessEnv): readonly string[] {
  try {
    readConfig(environment, noFile);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  throw new Error('no problem was found');
}

describe('the configuration', () => {
  it('needs nothing', () => {
    expect(readConfig({}, noFile)).toMatchObject({
      ORGANISATION: 'asseb',
      PORT: 3000,
      DATA_DIR: './data',
      warnings: [],
    });
  });

  it('is frozen', () => {
    expect(Object.isFrozen(readConfig({}, noFile))).toBe(true);
  });

  it('reads which proxies are believed as Express takes them', () => {
    const believed = (TRUST_PROXY: string) => readConfig({ TRUST_PROXY }, noFile).TRUST_PROXY;
    expect(believed('1')).toBe(1);
    for (const text of ['loopback', 'loopback, 10.0.0.0/8', '192.0.2.7', 'uniquelocal,2001:db8::/32'])
      expect(believed(text)).toBe(text);
    for (const wrong of ['true', 'nginx', '10.0.0.0/33', '1,2', 'loopback,'])
      expect(problemsOf({ TRUST_PROXY: wrong }).join('')).toMatch(/^TRUST_PROXY must be .*like loopback/);
  });

  it('wants the scheme of those who may embed the chat, which a port without one is taken for', () => {
    for (const wrong of ['localhost:8080', 'www.example.org:8443', 'file:///index.html'])
      expect(problemsOf({ CHAT_ORIGINS: wrong })).toHaveLength(1);
  });

  it('names every mistake at once, with the variable, what is wrong and an example', () => {
    const problems = problemsOf({
      PORT: '70000',
      TELEGRAM_BOT_TOKEN: 'hello',
      TELEGRAM_MODE: 'pigeon',
      MONGODB_URI: 'http://example.org',
      DATA_KEY: 'c2hvcnQ=',
      CHAT_ORIGINS: 'example.org',
      WASL_TIME_SHIFT: 'two weeks',
    });
    expect(problems).toHaveLength(7);
    expect(problems).toContain('PORT must be a whole number from 0 to 65535, like 3000');
    expect(problems.join('\n')).toMatch(/TELEGRAM_BOT_TOKEN .*like 123456:ABC-DEF/);
    expect(problems.join('\n')).toMatch(/WASL_TIME_SHIFT .*like P15D/);
  });

  it('never repeats a value in a problem, because values are secrets', () => {
    const problems = problemsOf({ TELEGRAM_BOT_TOKEN: 'S3CRET', DATA_KEY: 'S3CRET', MONGODB_URI: 'S3CRET' });
    expect(problems.join('\n')).not.toContain('S3CRET');
  });

  it('takes an empty variable for one that is not set', () => {
    expect(readConfig({ PORT: '', TELEGRAM_BOT_TOKEN: '' }, noFile)).toMatchObject({ PORT: 3000 });
  });

  it('knows which variables belong together', () => {
    expect(problemsOf({ TELEGRAM_BOT_TOKEN: '1:a', TELEGRAM_MODE: 'webhook' })[0]).toContain('PUBLIC_URL');
    expect(problemsOf({ MICROSOFT_APP_ID: 'id' })[0]).toContain('MICROSOFT_APP_PASSWORD');
    expect(problemsOf({ NODE_ENV: 'production', WASL_TIME_SHIFT: 'P1D' })[0]).toContain('WASL_TIME_SHIFT');
    expect(problemsOf({ ADMIN_EMAIL: 'a@example.org' })[0]).toContain('ADMIN_PASSWORD');
    expect(problemsOf({ ADMIN_PASSWORD: 'a good long password' })[0]).toContain('ADMIN_EMAIL');
  });

  it('names everything that WhatsApp by the Cloud API lacks, and what is malformed, at once', () => {
    expect(problemsOf({ WHATSAPP_PROVIDER: 'cloud' }).map((problem) => problem.split(' ')[0])).toEqual([
      'WHATSAPP_CLOUD_TOKEN',
      'WHATSAPP_CLOUD_PHONE_NUMBER_ID',
      'WHATSAPP_CLOUD_APP_SECRET',
      'WHATSAPP_CLOUD_VERIFY_TOKEN',
    ]);
    const problems = problemsOf({
      WHATSAPP_PROVIDER: 'cloud',
      WHATSAPP_CLOUD_TOKEN: 'two words',
      WHATSAPP_CLOUD_PHONE_NUMBER_ID: '+966 50 123 4567',
      WHATSAPP_CLOUD_APP_SECRET: 'short',
      WHATSAPP_CLOUD_API_ROOT: 'graph',
    });
    expect(problems).toHaveLength(5);
  });

  it('knows two ways to WhatsApp', () => {
    expect(readConfig({ WHATSAPP_PROVIDER: 'web' }, noFile).WHATSAPP_PROVIDER).toBe('web');
    expect(problemsOf({ WHATSAPP_PROVIDER: 'pigeon' })).toEqual([expect.stringContaining('must be off, web or cloud')]);
  });

  it('takes only an e-mail address and a password of some length for the first administrator', () => {
    expect(problemsOf({ ADMIN_EMAIL: 'admin', ADMIN_PASSWORD: 'short' })).toHaveLength(2);
    const config = readConfig({ ADMIN_EMAIL: ' Admin@Example.org', ADMIN_PASSWORD: 'a good long password' }, noFile);
    expect(config.ADMIN_EMAIL).toBe('admin@example.org');
  });

  it('reads .env, which does not override what is set, and says what in it is not known', () => {
    const config = readConfig({ PORT: '4001' }, envFile('PORT=4000\nORGANISATION=awn\nTELEGRAM_TOKEN=x\n'));
    expect(config).toMatchObject({ PORT: 4001, ORGANISATION: 'awn' });
    expect(config.warnings).toEqual([expect.stringContaining('TELEGRAM_TOKEN')]);
  });

  it('moves the clock by ISO 8601 durations', () => {
    expect(readConfig({ WASL_TIME_SHIFT: 'P15D' }, noFile).WASL_TIME_SHIFT).toBe(15 * 86_400_000);
    expect(readConfig({ WASL_TIME_SHIFT: '-P1WT2H3M4S' }, noFile).WASL_TIME_SHIFT).toBe(-(7 * 86_400 + 7384) * 1000);
  });

  it('has every variable in .env.example and in the README', () => {
    const root = fileURLToPath(new URL('..', import.meta.url));
    const example = readFileSync(join(root, '.env.example'), 'utf8');
    const offered = Object.keys(parseEnv(example.replace(/^#(?=[A-Z_]+=)/gm, '')));
    expect(offered.toSorted()).toEqual([...variableNames].toSorted());
    const readme = readFileSync(join(root, 'README.md'), 'utf8');
    expect(variableNames.filter((name) => !readme.includes(`\`${name}\``))).toEqual([]);
  });
});
