import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, BrowserContext, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { launchChromium, noBrowser } from '../../fixtures/chromium.js';
import { startWorld, type World } from './world.js';

export const phone = { width: 360, height: 740 };
export const desktop = { width: 1280, height: 800 };

export interface Visitor {
  page: Page;
  context: BrowserContext;
  bubbles: Locator;
  replies: Locator;
  input: Locator;
  /** What the browser complained of: policy violations, failed scripts. */
  complaints: string[];
  say: (text: string) => Promise<void>;
}

/** A browser for the file and a server for each test; skips with a sentence where there is no browser. */
export function useBrowser(): {
  world: () => World;
  visit: (url: string, options?: BrowserContextOptions) => Promise<Visitor>;
} {
  const open: { browser?: Browser; world?: World; contexts: BrowserContext[] } = { contexts: [] };
  beforeAll(async () => {
    if (!noBrowser) open.browser = await launchChromium();
  });
  beforeEach(async ({ skip }) => {
    skip(noBrowser !== undefined, noBrowser);
    open.world = await startWorld();
  });
  afterEach(async () => {
    await Promise.all(open.contexts.splice(0).map((context) => context.close()));
    await open.world?.close();
  });
  afterAll(() => open.browser?.close());

  return {
    world: (): World => {
      if (!open.world) throw new Error('no server: call it inside a test');
      return open.world;
    },
    async visit(url: string, options: BrowserContextOptions = {}): Promise<Visitor> {
      if (!open.browser) throw new Error('no browser: call it inside a test');
      const context = await open.browser.newContext({ viewport: desktop, ...options });
      context.setDefaultTimeout(25_000);
      open.contexts.push(context);
      return visitIn(context, url);
    },
  };
}

export async function visitIn(context: BrowserContext, url: string): Promise<Visitor> {
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(url);
  const input = page.locator('textarea');
  return {
    page,
    context,
    bubbles: page.locator('.bubble'),
    replies: page.locator('.replies button'),
    input,
    complaints,
    async say(text) {
      await input.fill(text);
      await input.press('Enter');
    },
  };
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds wrong, best practices included. A string is evaluated as it is, past the page's policy. */
export async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const { axe: checker } = globalThis as unknown as { axe: { run(): Promise<AxeResult> } };
    const { violations: found } = await checker.run();
    return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
  });
}

interface AxeResult {
  violations: { id: string; nodes: { html: string }[] }[];
}

/** The widget's shadow root, inside a script. */
export const shadow = `document.querySelector('wasl-chat').shadowRoot`;

/** Elements that stick out of the screen sideways, inside the shadow root too; axe does not see them. */
export const overflowing = (page: Page): Promise<string[]> => page.evaluate(findOverflow);

// As text, like every script here that names the page's own globals: tests are checked without the types of a browser.
const findOverflow = `(() => {
  const all = (root) => [...root.querySelectorAll('*')].flatMap((element) =>
    [element, ...(element.shadowRoot ? all(element.shadowRoot) : [])]);
  const outside = ({ left, right, width }) => width > 0 && (left < -0.5 || right > innerWidth + 0.5);
  return all(document)
    .filter((element) => !element.closest('.vh') && outside(element.getBoundingClientRect()))
    .map((element) => element.tagName + '.' + element.className);
})()`;
