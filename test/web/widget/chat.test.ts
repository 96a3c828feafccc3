import { describe, expect, it } from 'vitest';
import { desktop, overflowing, phone, shadow, useBrowser, violations, visitIn } from './browser.js';

const { world, visit } = useBrowser();

const screens = [
  { name: 'Arabic on a phone', lang: 'ar', viewport: phone },
  { name: 'English on a phone', lang: 'en', viewport: phone },
  { name: 'Arabic on a desktop', lang: 'ar', viewport: desktop },
  { name: 'English on a desktop', lang: 'en', viewport: desktop },
] as const;

const words = {
  ar: { greeting: 'حياك الله', question: 'متى يطلع القرار؟', echo: 'وصلني: متى يطلع القرار؟', card: 'لو قدّمت اليوم' },
  en: { greeting: 'Welcome to Asseb', question: 'When?', echo: 'I received: When?', card: 'If you applied today' },
};

describe.each(screens)('in $name', ({ lang, viewport }) => {
  it('greets, answers, offers the choices of the last message, and fits the screen', async () => {
    const { page, bubbles, replies, say, complaints } = await visit(`${world().url}/?lang=${lang}`, { viewport });
    const { greeting, question, echo } = words[lang];
    await bubbles.getByText(greeting).waitFor();
    expect(await replies.count()).toBe(3);
    await say(question);
    await bubbles.getByText(echo).waitFor();
    expect(await replies.count()).toBe(0);
    world().say(`${question} +966 50 123 4567 https://asseb.org.sa/${'a-long-address/'.repeat(8)} ${'x'.repeat(80)}`);
    await bubbles.getByText('xxx').waitFor();
    expect(await page.locator('.panel').getAttribute('dir')).toBe(lang === 'ar' ? 'rtl' : 'ltr');
    expect(await overflowing(page)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    expect(complaints).toEqual([]);
  });

  it('lets a choice be made by keyboard and shows its card', async () => {
    const { page, bubbles, replies } = await visit(`${world().url}/?lang=${lang}`, { viewport });
    await replies.first().waitFor();
    await page.locator('.log').focus();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await bubbles.locator('.card').getByText(words[lang].card).waitFor();
    expect(await page.locator('.log').evaluate((element) => element.matches(':focus'))).toBe(true);
    expect(world().received).toMatchObject([{ value: 'faq:decision-time' }]);
  });

  it.each(['light', 'dark'] as const)('has nothing that axe objects to in the %s scheme', async (colorScheme) => {
    const { page, bubbles, replies } = await visit(`${world().url}/?lang=${lang}`, { viewport, colorScheme });
    await replies.first().click();
    await bubbles.locator('.card').waitFor();
    await replies.nth(1).click();
    await page.locator('bdi', { hasText: 'ASB-7K3Q-9' }).waitFor();
    expect(await violations(page)).toEqual([]);
  });
});

describe('languages', () => {
  it('switches the chat and the page, there and back, and keeps the draft', async () => {
    const { page, bubbles, input } = await visit(`${world().url}/?lang=ar`);
    await bubbles.first().waitFor();
    await input.fill('مسودة');
    await page.getByRole('button', { name: 'English' }).click();
    await bubbles.getByText('All right, we go on in English.').waitFor();
    expect(await page.evaluate('[document.documentElement.lang, document.documentElement.dir]')).toEqual(['en', 'ltr']);
    await page.getByRole('heading', { name: 'Asseb Foundation for Humanitarian Work' }).waitFor();
    expect(await input.inputValue()).toBe('مسودة');
    expect(await input.getAttribute('dir')).toBe('rtl');
    expect(await page.locator('.language').evaluate((button) => button.matches(':focus'))).toBe(true);
    await page.getByRole('button', { name: 'العربية' }).click();
    await bubbles.getByText('أبشر، نكمل بالعربية.').waitFor();
    expect(await page.locator('.panel').getAttribute('dir')).toBe('rtl');
  });

  it('remembers the language that was chosen', async () => {
    const { page, bubbles, context } = await visit(`${world().url}/?lang=ar`);
    await page.getByRole('button', { name: 'English' }).click();
    await bubbles.getByText('All right').waitFor();
    const again = await visitIn(context, world().url);
    await again.bubbles.first().waitFor();
    expect(await again.page.locator('.panel').getAttribute('lang')).toBe('en');
  });

  it('writes the time with the digits of the language', async () => {
    const { page } = await visit(`${world().url}/?lang=ar`);
    expect(await page.locator('.foot').first().textContent()).toMatch(/^[٠-٩]{1,2}:[٠-٩]{2}/);
    await page.getByRole('button', { name: 'English' }).click();
    expect(await page.locator('.foot').first().textContent()).toMatch(/^\d{1,2}:\d{2} [AP]M$/);
  });
});

/** Whether the first character of the phone number is left of its last, as it is drawn. */
const readsForward = `(() => {
  const { firstChild } = ${shadow}.querySelector('.line:not(.own) bdi');
  const at = (from) => {
    const part = document.createRange();
    part.setStart(firstChild, from);
    part.setEnd(firstChild, from + 1);
    return part.getBoundingClientRect().left;
  };
  return at(0) < at(firstChild.length - 1);
})()`;

describe('scrolling', () => {
  it('follows the conversation, but never past the first line of a long answer', async () => {
    const { page, say, bubbles } = await visit(`${world().url}/?lang=en`, { viewport: phone });
    await bubbles.first().waitFor();
    await say('long');
    await bubbles.getByText('I received: long').waitFor();
    world().say(`first line ${'and so on '.repeat(400)}`);
    const long = page.locator('.line', { hasText: 'first line' });
    await long.waitFor();
    const top = (await long.boundingBox())?.y ?? 0;
    const log = await page.locator('.log').boundingBox();
    expect(top).toBeGreaterThanOrEqual(log?.y ?? 0);
    expect(top).toBeLessThan((log?.y ?? 0) + 60);
  });

  it('leaves a person who reads further up where they are', async () => {
    const { page, say, bubbles } = await visit(`${world().url}/?lang=en`, { viewport: phone });
    await bubbles.first().waitFor();
    await say('long '.repeat(300));
    await bubbles.getByText('I received: long').waitFor();
    await page.locator('.log').evaluate((log) => (log.scrollTop = 0));
    world().say('news');
    await bubbles.getByText('news').waitFor();
    expect(await page.locator('.log').evaluate((log) => log.scrollTop)).toBe(0);
  });
});

describe('text', () => {
  it('isolates what reads from left to right and links what can be opened', async () => {
    const { page, replies } = await visit(`${world().url}/?lang=ar`);
    await replies.nth(1).click();
    const bubble = page.locator('.bubble', { hasText: 'ASB-7K3Q-9' });
    await bubble.waitFor();
    expect(await bubble.locator('bdi[dir=ltr]').allTextContents()).toEqual(
      ['+966 50 123 4567', 'help@asseb.org.sa', 'ASB-7K3Q-9', 'https://asseb.org.sa/policy'], // prettier-ignore
    );
    expect(await bubble.locator('a').evaluateAll((links) => links.map((link) => link.getAttribute('href')))).toEqual(
      ['tel:+966501234567', 'mailto:help@asseb.org.sa', 'https://asseb.org.sa/policy'], // prettier-ignore
    );
    expect(await bubble.locator('a').last().getAttribute('rel')).toBe('noopener');
    expect(await bubble.locator('p').getAttribute('dir')).toBe('rtl');
    expect(await page.evaluate(readsForward)).toBe(true);
  });

  it.each([
    ['IBAN SA03 8000 0000 6080 1016 7519', 'SA03 8000 0000 6080 1016 7519', null],
    ['موقعنا www.asseb.org.sa الآن', 'www.asseb.org.sa', 'https://www.asseb.org.sa'],
    ['http://asseb.org.sa/x', 'http://asseb.org.sa/x', null],
    ['جوالي ٠٥٠ ١٢٣ ٤٥٦٧', '٠٥٠ ١٢٣ ٤٥٦٧', null],
    ['رقم هويتي 1000000008 هنا', '1000000008', null],
    ['هاتف 0146259000', '0146259000', 'tel:0146259000'],
  ])('%s', async (text, isolated, href) => {
    const { page, say } = await visit(`${world().url}/?lang=ar`);
    await say(text);
    const own = page.locator('.own bdi');
    await own.waitFor();
    expect(await own.textContent()).toBe(isolated);
    expect(await own.evaluate((bdi) => bdi.closest('a')?.getAttribute('href') ?? null)).toBe(href);
  });

  it('is never markup', async () => {
    const { page, say, bubbles } = await visit(`${world().url}/?lang=en`);
    await say('<img src=x onerror=alert(1)> javascript:alert(1) https://a.example/"onclick="x');
    await bubbles.getByText('I received: <img src=x onerror=alert(1)>').waitFor();
    expect(await page.locator('.bubble img, .bubble [onclick], .bubble a[href^=javascript]').count()).toBe(0);
  });
});
