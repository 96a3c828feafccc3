import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Browser } from 'playwright-core';
import { startApp, type TestApp } from '../fixtures/app.js';
import { launchChromium, noBrowser } from '../fixtures/chromium.js';
import { signIn, stranger } from '../fixtures/staff.js';

const password = 'several words together';

describe.skipIf(noBrowser)(`the page behind a link for staff${noBrowser ? ` (${noBrowser})` : ''}`, () => {
  let app: TestApp;
  let browser: Browser;

  beforeAll(async () => {
    app = await startApp();
    browser = await launchChromium();
  });

  afterAll(async () => {
    await browser.close();
    await app.close();
  });

  async function open(token: string) {
    const page = await browser.newPage({ viewport: { width: 390, height: 844 } });
    await page.goto(`${app.base}/staff/setup#${token}`);
    return page;
  }

  it('makes the first administrator by the set-up link, once', async () => {
    const token = app.started.setUpToken ?? '';
    const page = await open(token);
    await page.getByLabel('الاسم').fill('هدى');
    await page.getByLabel('البريد الإلكتروني').fill('huda@example.org');
    await page.getByLabel('كلمة المرور', { exact: true }).fill(password);
    await page.getByLabel('كلمة المرور مرة أخرى').fill('something else entirely');
    await page.getByRole('button').click();
    await page.getByText('كلمتا المرور مختلفتان').waitFor();
    await page.getByLabel('كلمة المرور مرة أخرى').fill(password);
    await page.getByRole('button').click();
    await page.getByText('صار حسابك جاهزًا').waitFor();
    await signIn(app.base, { email: 'huda@example.org', password });
    await (await open(token)).getByText('هذا الرابط غير صحيح').waitFor();
  });

  it('asks an invited member of staff for a password only', async () => {
    const boss = await signIn(app.base, { email: 'huda@example.org', password });
    const body = { email: 'salem@example.org', name: 'سالم', roles: ['officer'], locale: 'ar' };
    const { invitation } = (await boss('/accounts', { body })).body;
    const page = await open(invitation);
    await page.getByText('سالم · salem@example.org').waitFor();
    expect(await page.getByLabel('البريد الإلكتروني').isVisible()).toBe(false);
    await page.getByLabel('كلمة المرور', { exact: true }).fill(password);
    await page.getByLabel('كلمة المرور مرة أخرى').fill(password);
    await page.getByRole('button').click();
    await page.getByText('صار حسابك جاهزًا').waitFor();
    await signIn(app.base, { email: 'salem@example.org', password });
    expect((await stranger(app.base)(`/invitations/${invitation}`)).status).toBe(404);
  });

  it('lets who has an account in to a page for staff, and nobody else', async () => {
    const page = await browser.newPage({ viewport: { width: 390, height: 844 } });
    await page.goto(`${app.base}/staff/satisfaction/report`);
    await page.getByLabel('البريد الإلكتروني').fill('huda@example.org');
    await page.getByLabel('كلمة المرور').fill('not the password at all');
    await page.getByRole('button').click();
    await page.getByText('البريد الإلكتروني أو كلمة المرور غير صحيحة').waitFor();
    await page.getByLabel('كلمة المرور').fill(password);
    await page.getByRole('button').click();
    await page.getByRole('heading', { name: 'رضا المستفيدين' }).waitFor();
  });
});
