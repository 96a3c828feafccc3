import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { install, type Installation, type Running } from '../fixtures/installation.js';
import { visit } from '../fixtures/visitor.js';

let small: Installation;

beforeAll(() => {
  small = install({ content: 'small' });
});

afterAll(() => small.remove());

const ownData = (name: string) => ({ DATA_DIR: join(small.dataFolder, name) });

const runningData = () => ownData('running');

describe('a running server', () => {
  let server: Running;

  beforeAll(async () => {
    server = small.run('main', { ...runningData(), ORGANISATION: 'awn', WASL_TIME_SHIFT: 'P15D' });
    await server.address;
  });

  it('serves the page at the address that it has printed', async () => {
    expect(await (await fetch(await server.address)).text()).toContain('جمعية عون');
  });

  it('lets nobody else work on its data, and goes on', async () => {
    const { code, output } = await small.run('main', runningData()).ended;
    expect(code).toBe(1);
    expect(output).toContain('Another Wasl already works on the data in');
    expect((await fetch(`${await server.address}/readyz`)).status).toBe(200);
  });

  it('has room beside it for a chat through a pipe, which goes on the next time', async () => {
    const first = await small.run('chat', runningData(), 'start over\nenglish\n').ended;
    expect(first.code).toBe(0);
    expect(first.output).toContain('حياك الله في مؤسسة عسيب');
    expect(first.output).toContain('let us go on in English');
    const second = await small.run('chat', runningData(), 'menu\n').ended;
    expect(second.code).toBe(0);
    expect(second.output).toContain('Welcome to Asseb');
  });

  it('has a chat beside it also where its data is on MongoDB, which the chat leaves alone', async () => {
    const onMongoDb = { ...runningData(), MONGODB_URI: 'mongodb://127.0.0.1:1/wasl' };
    const { code, output } = await small.run('chat', onMongoDb, 'menu\n').ended;
    expect(output).toMatch(/Asseb|عسيب/);
    expect(code).toBe(0);
  });

  it('has said where the chat and the data are, and which channels are on or off and why', async () => {
    server.kill('SIGTERM');
    const { code, output } = await server.ended;
    expect(code).toBe(0);
    expect(output).toMatch(/^Wasl serves Awn Association/m);
    expect(output).toMatch(/^ {2}webchat +on: Visitors start at \/chat\/token/m);
    expect(output).toMatch(/^ {2}telegram +off: set TELEGRAM_BOT_TOKEN, which @BotFather gives/m);
    expect(output).toMatch(/^ {2}botframework +off: set MICROSOFT_APP_ID/m);
    expect(output).toContain(`Data          ${join(runningData().DATA_DIR, 'wasl.mdb')}`);
    expect(output).toMatch(/A key was made in .*data\.key\. Back it up/);
    expect(output).toContain('The clock is moved by WASL_TIME_SHIFT');
    expect(output).toContain('Still an example in flows/organisations/awn.yaml, please edit: about');
  });
});

describe('a start', () => {
  it('needs one new file for a sixth organisation', async () => {
    const real = install({ content: 'real' });
    const asseb = readFileSync(join(real.folder, 'flows/organisations/asseb.yaml'), 'utf8');
    const sixth = asseb.replace('id: asseb', 'id: sadis').replace('مؤسسة عسيب للأعمال الإنسانية', 'مؤسسة سادس الخيرية');
    real.writeFlow('organisations/sadis.yaml', sixth);
    const server = real.run('main', { ORGANISATION: 'sadis' });
    const visitor = await visit(await server.address);
    await visitor.arrives();
    await visitor.replies(await visitor.post({ type: 'message', text: 'القائمة' }));
    expect((await visitor.history())[0]?.text).toContain('حياك الله في مؤسسة سادس الخيرية');
    server.kill('SIGTERM');
    await server.ended;
    real.remove();
  });
});

describe('a stop', () => {
  it('is graceful, and every message that was accepted before it is answered, once', async () => {
    const server = small.run('main', ownData('stop'));
    const before = await visit(await server.address);
    const first = await before.post({ type: 'message', text: 'قبل الإيقاف' });
    const texts = Array.from({ length: 40 }, (_, index) => `سؤال رقم ${index}`);
    const posted = Promise.allSettled(texts.map((text) => before.post({ type: 'message', text })));
    await before.replies(first);
    server.kill('SIGTERM');
    const accepted = (await posted).flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
    expect((await server.ended).code).toBe(0);

    const next = small.run('main', ownData('stop'));
    const after = await visit(await next.address, before.token);
    for (const id of accepted) await after.replies(id);
    const said = await after.history();
    const heard = said.filter(({ from }) => from.role === 'user').map(({ id }) => id);
    expect(heard.toSorted()).toEqual([first, ...accepted].toSorted());
    expect(new Set(said.map(({ id }) => id)).size).toBe(said.length);
    next.kill('SIGINT');
    expect((await next.ended).code).toBe(0);
  });
});

describe.concurrent('a start that cannot be', () => {
  it('names every mistake of the configuration', async () => {
    const { code, output } = await small.run('main', { PORT: 'many', DATA_KEY: 'short', LOG_LEVEL: 'loud' }).ended;
    expect(code).toBe(1);
    expect(output).toContain('Wasl did not start.\nThe configuration has 3 problem(s):');
    for (const name of ['PORT', 'DATA_KEY', 'LOG_LEVEL'])
      expect(output).toMatch(new RegExp(`^ {2}- ${name} must`, 'm'));
    expect(output).not.toContain('    at ');
  });

  it('lists the organisations there are, when ORGANISATION names another', async () => {
    const { code, output } = await small.run('main', { ORGANISATION: 'unknown' }).ended;
    expect(code).toBe(1);
    expect(output).toContain('anat-al-bayt, asseb, awn, esrar, makeen');
  });

  it('names file and line of what is wrong in the content', async () => {
    const broken = install({ content: 'small' });
    broken.writeFlow('faq/zakat.yaml', '- id: zakat\n  label: { ar: زكاة, en: Zakat }\n  answr: {}\n');
    broken.writeFlow('menu.yaml', '- id: main\n  label: [\n');
    const { code, output } = await broken.run('main').ended;
    broken.remove();
    expect(code).toBe(1);
    expect(output).toMatch(/- flows\/faq\/zakat\.yaml:\d+ .*answr/);
    expect(output).toMatch(/- flows\/menu\.yaml:\d+ /);
    expect(output).not.toContain('    at ');
  });

  it('says that the port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const address = other.address();
    const port = typeof address === 'object' && address ? String(address.port) : '';
    const { code, output } = await small.run('main', { ...ownData('port'), PORT: port }).ended;
    other.close();
    expect(code).toBe(1);
    expect(output).toContain(`Port ${port} is taken. Stop the other program or set another PORT.`);
  });

  it('refuses a key that is not the one of the data', async () => {
    const data = { ...ownData('key'), DATA_KEY: Buffer.alloc(32, 1).toString('base64') };
    const server = small.run('main', data);
    await server.address;
    server.kill('SIGTERM');
    await server.ended;
    const { code, output } = await small.run('main', { ...data, DATA_KEY: '' }).ended;
    expect(code).toBe(1);
    expect(output).toContain('is not the key of the data in');
    expect(output).not.toContain('    at ');
  });

  it('reports a damaged data file, and leaves it byte for byte', async () => {
    const data = ownData('damaged');
    const file = join(data.DATA_DIR, 'wasl.mdb');
    const bytes = Buffer.alloc(65_536, 'not what a data file holds ');
    mkdirSync(data.DATA_DIR, { recursive: true });
    writeFileSync(file, bytes);
    const { code, output } = await small.run('main', data).ended;
    expect(code).toBe(1);
    expect(output).toMatch(/The data file .* is damaged.*It was left as it is/);
    expect(readFileSync(file).equals(bytes)).toBe(true);
  });
});
