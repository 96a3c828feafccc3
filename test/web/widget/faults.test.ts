import { describe, expect, it } from 'vitest';
import { useBrowser, visitIn } from './browser.js';
import { eventually } from '../../fixtures/eventually.js';

const { world, visit } = useBrowser();

const page = (): string => `${world().url}/?lang=en`;

describe('the conversation', () => {
  it('is still there after the page was closed', async () => {
    const { bubbles, say, context } = await visit(page());
    await say('salam');
    await bubbles.getByText('I received: salam').waitFor();
    const again = await visitIn(context, page());
    await again.bubbles.getByText('I received: salam').waitFor();
    expect(await again.bubbles.count()).toBe(3);
    expect(await again.page.locator('[aria-live=polite]').textContent()).toBe('');
  });

  it('starts anew where a token is no longer known', async () => {
    const { bubbles, context, page: first } = await visit(page());
    await bubbles.first().waitFor();
    await first.evaluate(`
      Object.keys(localStorage).filter((key) => key.includes('http')).forEach((key) => localStorage.setItem(key, 'gone gone'))
    `);
    const again = await visitIn(context, page());
    await again.bubbles.getByText('Welcome to Asseb').waitFor();
    await again.say('still here');
    await again.bubbles.getByText('I received: still here').waitFor();
    expect(await again.bubbles.count()).toBe(3);
  });
});

describe('a connection that breaks', () => {
  it('comes back without loss and without doubles', async () => {
    const { bubbles, say, page: shown } = await visit(page());
    await bubbles.getByText('Welcome to Asseb').waitFor();
    await say('one');
    await bubbles.getByText('I received: one').waitFor();
    world().dropSockets();
    world().say('while you were away');
    await bubbles.getByText('while you were away').waitFor();
    await say('two');
    await bubbles.getByText('I received: two').waitFor();
    expect(await shown.locator('.bubble p').allTextContents()).toEqual(
      [expect.stringContaining('Welcome'), 'one', 'I received: one', 'while you were away', 'two', 'I received: two'], // prettier-ignore
    );
  });

  it('is said in a sentence that goes away by itself', async () => {
    const { bubbles, page: shown, context } = await visit(page());
    await bubbles.first().waitFor();
    await context.setOffline(true);
    world().dropSockets();
    await shown.getByText('Connection lost. Trying again').waitFor();
    await context.setOffline(false);
    await shown.getByText('Connection lost. Trying again').waitFor({ state: 'hidden' });
    expect(await bubbles.count()).toBe(1);
  });

  it('polls where WebSockets are refused', async () => {
    world().refuseSockets = true;
    const { bubbles, say } = await visit(page());
    await bubbles.getByText('Welcome to Asseb').waitFor();
    await say('by polling');
    await bubbles.getByText('I received: by polling').waitFor();
    world().say('and later');
    await bubbles.getByText('and later').waitFor();
    expect(await bubbles.count()).toBe(4);
    expect(world().sockets()).toBe(0);
  });

  it('that never came about offers another try', async () => {
    const { page: shown, context, bubbles } = await visit('about:blank');
    await context.route('**/chat/token', (route) => route.abort());
    await shown.goto(page());
    await shown.getByText('The chat did not open.').waitFor();
    await context.unroute('**/chat/token');
    await shown.getByRole('button', { name: 'Try again' }).click();
    await bubbles.getByText('Welcome to Asseb').waitFor();
    expect(await shown.getByText('The chat did not open.').isVisible()).toBe(false);
  });
});

describe('a message', () => {
  it.each([429, 500, 503])('is sent again by itself after %i', async (status) => {
    const { bubbles, say } = await visit(page());
    await bubbles.first().waitFor();
    world().failPosts(1, status);
    // It is shown until the second try, which does not wait for who looks later.
    await Promise.all([bubbles.getByText('Sending…').waitFor(), say('patience')]);
    await bubbles.getByText('I received: patience').waitFor();
    expect(world().received).toHaveLength(1);
  });

  it('whose answer was lost is not doubled by the next try', async () => {
    const { bubbles, say } = await visit(page());
    await bubbles.first().waitFor();
    world().failPosts(1, 503, true);
    await say('once');
    await bubbles.getByText('I received: once').waitFor();
    await say('after');
    await bubbles.getByText('I received: after').waitFor();
    expect(world().received.map(({ text }) => text)).toEqual(['once', 'after']);
    expect(await bubbles.count()).toBe(5);
  });

  it('that failed says so and is sent when the person says so', async () => {
    const { bubbles, say, page: shown } = await visit(page());
    await bubbles.first().waitFor();
    world().failPosts(1, 404);
    await say('stubborn');
    await shown.locator('.failed').getByText('Not sent').waitFor();
    await shown.locator('.failed').getByRole('button', { name: 'Try again' }).click();
    await bubbles.getByText('I received: stubborn').waitFor();
    expect(await shown.locator('.failed').count()).toBe(0);
    expect(await bubbles.count()).toBe(3);
  });

  it('that failed while the line was down goes by itself when it is back', async () => {
    const { bubbles, say, page: shown } = await visit(page());
    await bubbles.first().waitFor();
    world().refuseSockets = true;
    world().failPosts(1, 404);
    await say('patient');
    await shown.locator('.failed').waitFor();
    await shown.route('**/v3/directline/**', (route) => route.abort());
    world().dropSockets();
    await shown.getByText('Connection lost.').waitFor();
    await shown.unroute('**/v3/directline/**');
    await bubbles.getByText('I received: patient').waitFor();
    expect(world().received).toHaveLength(1);
  });

  it('refused for its token is sent with a fresh one', async () => {
    const { bubbles, say } = await visit(page());
    await bubbles.first().waitFor();
    world().failPosts(1, 403);
    await say('renewed');
    await bubbles.getByText('I received: renewed').waitFor();
    expect(world().received).toHaveLength(1);
  });
});

const file = (name: string, size: number) => ({ name, mimeType: 'application/pdf', buffer: Buffer.alloc(size, 'x') });

describe('a file', () => {
  it('shows its progress, arrives, and is a link with its type beside its name', async () => {
    const { bubbles, page: shown } = await visit(page());
    await bubbles.first().waitFor();
    const release = world().holdUploads();
    await shown.locator('input[type=file]').setInputFiles(file('عقد 2025.pdf', 300_000));
    await shown.locator('progress').waitFor();
    await eventually(async () => expect(await shown.locator('progress').getAttribute('value')).toBe('1'));
    release();
    await bubbles.getByText('I received the file').waitFor();
    const link = shown.locator('.own a');
    expect(await link.locator('bdi').textContent()).toBe('عقد 2025');
    expect(await link.locator('small').textContent()).toBe('pdf');
    expect(await link.getAttribute('href')).toMatch(/^http.*\/chat\/files\//);
    expect(await shown.locator('progress').count()).toBe(0);
  });

  it('can be taken back on its way', async () => {
    const { bubbles, page: shown, say } = await visit(page());
    await bubbles.first().waitFor();
    const release = world().holdUploads();
    await shown.locator('input[type=file]').setInputFiles(file('a.pdf', 3000));
    await shown.getByRole('button', { name: 'Cancel' }).click();
    await eventually(async () => expect(await shown.locator('.own').count()).toBe(0));
    await eventually(() => expect(world().uploadsLeft).toBe(1));
    release();
    await say('go on');
    await bubbles.getByText('I received: go on').waitFor();
    expect(world().received.map(({ text }) => text)).toEqual(['go on']);
  });

  it('that is too large is refused with the limit', async () => {
    const { bubbles, page: shown } = await visit(page());
    await bubbles.first().waitFor();
    await shown.locator('input[type=file]').setInputFiles(file('big.pdf', 3 * 1024 * 1024 + 1));
    await shown.getByText('This file is too large. The limit is 3 MB.').waitFor();
    expect(await shown.locator('.own').count()).toBe(0);
  });
});
