import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { overflowing, phone, shadow, useBrowser, violations } from './browser.js';
import { startForeignSite } from './world.js';
import { eventually } from '../../fixtures/eventually.js';

const { world, visit } = useBrowser();

let site: Awaited<ReturnType<typeof startForeignSite>> | undefined;
afterEach(() => site?.close());

async function visitForeign(options: Parameters<typeof visit>[1] = {}, attributes?: string) {
  site = await startForeignSite(world().url, attributes);
  return visit(site.url, options);
}

const built = (name: string): Buffer => readFileSync(new URL(`../../../dist/web/${name}`, import.meta.url));

it('weighs at most 8 kB', () => {
  expect(gzipSync(built('chat.js'), { level: 9 }).length).toBeLessThanOrEqual(8192);
});

describe.each([{ viewport: phone }, {}])('on a page of strangers, with the strictest policy (%o)', (options) => {
  it('opens by its button, answers, sends a file, and breaks no rule of the page', async () => {
    const { page, bubbles, say, complaints } = await visitForeign(options);
    await page.getByRole('button', { name: 'تحدّث معنا' }).click();
    await bubbles.getByText('حياك الله في عسيب').waitFor();
    await say('سؤال');
    await bubbles.getByText('وصلني: سؤال').waitFor();
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'a.pdf', mimeType: 'application/pdf', buffer: Buffer.from('x') });
    await bubbles.getByText('وصلني الملف').waitFor();
    expect(await page.evaluate(`getComputedStyle(${shadow}.querySelector('.panel')).position`)).toBe('fixed');
    expect(await overflowing(page)).toEqual([]);
    expect(await violations(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });
});

describe('the button', () => {
  it('asks for nothing until it is pressed', async () => {
    const { page } = await visit('about:blank');
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    site = await startForeignSite(world().url);
    await page.goto(site.url);
    await page.locator('.launcher').waitFor();
    expect(asked.filter((path) => path.startsWith('/chat'))).toEqual(['/chat.js']);
  });

  it('opens into the field, closes by Escape, and has the focus back', async () => {
    const { page, input, bubbles } = await visitForeign();
    const button = page.locator('.launcher');
    await button.focus();
    await page.keyboard.press('Enter');
    await bubbles.first().waitFor();
    expect(await input.evaluate((element) => element.matches(':focus'))).toBe(true);
    await page.keyboard.press('Escape');
    expect(await page.locator('.panel').isVisible()).toBe(false);
    expect(await button.evaluate((element) => element.matches(':focus'))).toBe(true);
    world().say('خبر');
    await page.getByRole('button', { name: 'رسالة جديدة' }).click();
    expect(await bubbles.getByText('خبر').isVisible()).toBe(true);
  });

  it('fills the screen of a phone', async () => {
    const { page, bubbles } = await visitForeign({ viewport: phone });
    await page.locator('.launcher').click();
    await bubbles.first().waitFor();
    expect(await page.locator('.panel').boundingBox()).toEqual({ x: 0, y: 0, ...phone });
  });

  it('speaks the language that the tag names', async () => {
    const { page } = await visitForeign({}, 'data-locale="en"');
    expect(await page.locator('.launcher').textContent()).toBe('Chat with us');
  });

  it('stands once when the tag stands twice', async () => {
    const { page } = await visitForeign({}, `></script><script src="${world().url}/chat.js"`);
    await page.locator('.launcher').waitFor();
    expect(await page.locator('wasl-chat').count()).toBe(1);
  });
});

describe('for a screen reader', () => {
  it('each new message is announced once, with its choices', async () => {
    const { page, replies, bubbles } = await visit(`${world().url}/?lang=en`);
    await replies.first().click();
    await bubbles.locator('.card').waitFor();
    const said = await page.locator('[aria-live=polite] p').allTextContents();
    expect(said).toHaveLength(2);
    expect(said[0]).toMatch(/^Assistant:\s+Welcome to Asseb/);
    expect(said[1]).toContain('If you applied today');
    expect(said[1]).toContain('Where is my request?');
    expect(await page.locator('.log').getAttribute('aria-live')).toBe('off');
  });
});

const composedEnter = `${shadow}.querySelector('textarea').dispatchEvent(
  new KeyboardEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true, cancelable: true }))`;

describe('the field', () => {
  it.each([
    ['saudi-mobile', { inputmode: 'tel', autocomplete: 'tel', date: false, accept: '' }],
    ['saudi-id', { inputmode: 'numeric', autocomplete: 'off', date: false, accept: '' }],
    ['money', { inputmode: 'decimal', autocomplete: 'off', date: false, accept: '' }],
    ['date', { inputmode: '', autocomplete: 'off', date: true, accept: '' }],
    ['attachments', { inputmode: '', autocomplete: 'off', date: false, accept: 'image/*,application/pdf' }],
    ['text', { inputmode: '', autocomplete: 'off', date: false, accept: '' }],
  ])('offers what a question for %s needs', async (type, expected) => {
    const { page, input, say, bubbles } = await visit(`${world().url}/?lang=en`);
    await say(`expect ${type}`);
    await bubbles.getByText(`I received: expect ${type}`).waitFor();
    expect({
      inputmode: await input.evaluate((field) => field.inputMode),
      autocomplete: await input.getAttribute('autocomplete'),
      date: await page.locator('input[type=date]').isVisible(),
      accept: await page
        .locator('input[type=file]')
        .evaluate((field) => ('accept' in field ? field.accept : undefined)),
    }).toEqual(expected);
  });

  it('takes a picked date, to be sent or changed', async () => {
    const { page, input, say } = await visit(`${world().url}/?lang=en`);
    await say('expect date');
    await page.locator('input[type=date]').fill('2026-11-21');
    await eventually(async () => expect(await input.inputValue()).toBe('2026-11-21'));
  });

  it('grows with its text, keeps Shift+Enter for a new line, and leaves Enter to an input method', async () => {
    const { page, input, bubbles } = await visit(`${world().url}/?lang=en`);
    await bubbles.first().waitFor();
    const height = (): Promise<number> => input.evaluate((field) => field.clientHeight);
    const before = await height();
    await input.fill('one');
    await input.press('Shift+Enter');
    await input.pressSequentially('two');
    expect(await height()).toBeGreaterThan(before + 10);
    await page.evaluate(composedEnter);
    expect(await page.locator('.own').count()).toBe(0);
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await page.locator('.own').waitFor();
    expect(await page.locator('.own p').textContent()).toBe('one\ntwo');
    expect(await height()).toBe(before);
  });

  it('sends nothing that is empty', async () => {
    const { page, input, bubbles } = await visit(`${world().url}/?lang=en`);
    await bubbles.first().waitFor();
    await input.fill('  \n ');
    await input.press('Enter');
    expect(await page.locator('.own').count()).toBe(0);
  });
});
