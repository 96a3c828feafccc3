import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'csv-parse/sync';
import { systemIds } from '../../src/core/ids.js';
import type { BatchRecord } from '../../src/satisfaction/batch.js';
import { surveyStages } from '../../src/flows/survey-schema.js';
import { wilson } from '../../src/satisfaction/figures.js';
import { startOf, weekAfter, weekOf } from '../../src/satisfaction/week.js';
import { openStore } from '../../src/store/open.js';
import { startApp, type TestApp } from '../fixtures/app.js';
import { launchChromium, noBrowser } from '../fixtures/chromium.js';
import { adminEnvironment, signedIn, signIn, stranger, type StaffClient } from '../fixtures/staff.js';
import { violations } from '../web/widget/browser.js';

const began = Date.now();
const thisWeek = weekOf(began);
/** The Wednesday of this week, so that no week ends while the tests run. */
const clock = { now: () => startOf(thisWeek) + 3.5 * 24 * 60 * 60 * 1000 + Date.now() - began };
const weeks = Array.from({ length: 26 }, (_, ago) => weekAfter(thisWeek, -1 - ago));
const [last, before] = [weeks[0] ?? '', weeks[1] ?? ''];
/** A comment that a spreadsheet would take for a formula, and a page for a script. */
const nasty = '=HYPERLINK("http://x") <script>alert(1)</script>';

const labels = { service: 'food', language: 'ar', channel: 'webchat', stage: 'closed' };
const batch = (week: string, groups: BatchRecord['groups'], comments: string[] = []): BatchRecord => ({
  _id: week,
  week,
  asked: 40,
  groups,
  comments,
  thumbs: [{ entry: 'decision-time', up: 4, down: 2 }],
  themes: {},
});

const manyThemes = { waiting: 9, staff: 8, papers: 7, support: 6, decision: 5 };
/** A week of which there is more to tell than a sheet has room for, in the month of the longest name. */
const full = '2025-05-11';
const novel = 'كلام طويل عن الخدمة والانتظار والموظفين والأوراق والمبلغ '.repeat(10);
const everything = batch(
  full,
  ['living-costs', 'medical-care', 'winter-clothes', 'food', 'none', null].flatMap((service, place) =>
    (['ar', 'en'] as const).map((language) => ({
      labels: {
        service,
        language,
        channel: ['telegram', 'webchat', 'whatsapp', 'botframework', 'terminal', null][place] ?? null,
        stage: [...surveyStages, null][place] ?? null,
      },
      counts: [1, 2, 1, 4, 6],
    })),
  ),
  Array.from({ length: 9 }, (_, place) => `${place} ${novel}`),
);

let app: TestApp;
let officer: StaffClient;
let committee: StaffClient;

beforeAll(async () => {
  app = await startApp(adminEnvironment, { clock });
  officer = await signedIn(app.base, ['officer']);
  committee = await signedIn(app.base, ['committee']);
  await app.stop();
  const { DATA_DIR: dataFolder, MONGODB_URI: mongodbUri } = app.options.config;
  const { store } = await openStore({ dataFolder, ids: systemIds, ...(mongodbUri ? { mongodbUri } : {}) });
  const ratings = store.collection<BatchRecord>('ratings');
  const comments = [
    'الانتظار طويل',
    'تأخر الرد',
    'الموظفين محترمين',
    'انتظرت أسبوعين',
    nasty,
    'طول الانتظار',
    'متى يرد أحد',
  ];
  await ratings.insert(
    batch(
      last,
      [
        { labels, counts: [1, 0, 2, 4, 13] },
        { labels: { ...labels, service: null }, counts: [0, 1, 1, 1, 2] },
      ],
      comments,
    ),
  );
  await ratings.insert(batch(before, [{ labels: { ...labels, service: 'medical-care' }, counts: [5, 0, 0, 0, 5] }]));
  await ratings.insert(batch(weekAfter(last, -13), [{ labels, counts: [5, 0, 0, 5, 0] }]));
  for (const week of [full, weekAfter(last, -40)])
    await ratings.insert({ ...everything, _id: week, week, themes: { suggested: manyThemes, asked: manyThemes } });
  await store.close();
  await app.start();
  officer = Object.assign(await signIn(app.base, officer), { id: officer.id });
  committee = await signIn(app.base, committee);
});

afterAll(() => app.close());

describe('The report', () => {
  it('tells figures with their interval, row by row, compared with the weeks before', async () => {
    const { body } = await committee('/satisfaction');
    expect(body).toMatchObject({ by: 'service', to: last, from: weekAfter(last, -12), responseRate: 35 / 80 });
    expect(body.total).toMatchObject({ count: 35, counts: [6, 1, 3, 5, 20], csat: 25 / 35 });
    expect(body.total.low).toBeCloseTo(wilson(25, 35).low);
    expect(body.before).toMatchObject({ count: 10, csat: 0.5 });
    expect(body.rows.map(({ key, count }: { key: string; count: number }) => [key, count])).toEqual([['food', 20], ['medical-care', 10], [null, 5]]); // prettier-ignore
    expect(body.trend.map(({ count }: { count: number }) => count)).toEqual([35]);
    expect(body.themes.comments).toEqual([{ id: 'waiting', label: expect.any(String) as string, count: 5 }]);
    expect(body.thumbs).toMatchObject({ up: 8, down: 4 });
    expect(body.comments).toHaveLength(7);
  });

  it.each(['service', 'channel', 'language', 'stage', 'week'])('by %s has no row of fewer than five', async (by) => {
    const { body } = await officer(`/satisfaction?by=${by}`);
    expect(body.rows.length).toBeGreaterThan(0);
    expect(Math.min(...body.rows.map(({ count }: { count: number }) => count))).toBeGreaterThanOrEqual(5);
  });

  it('is of whole weeks, so that no two reports differ by a day', async () => {
    const day = (ms: number) => new Date(Date.parse(last) + ms * 24 * 60 * 60 * 1000).toISOString().slice(0, 10);
    const reports = await Promise.all([0, 3, 6].map((more) => officer(`/satisfaction?from=${day(more)}&to=${day(6)}`)));
    expect(new Set(reports.map(({ body }) => body.total.count))).toEqual(new Set([25]));
  });

  it('says what is wrong with what was asked', async () => {
    expect((await officer('/satisfaction?from=2026-05-05&to=2026-01-01')).status).toBe(422);
    expect((await officer('/satisfaction?by=person')).status).toBe(400);
    for (const day of ['yesterday', '0000-01-02', '9999-12-31'])
      expect((await officer(`/satisfaction?from=${day}&to=${day}`)).status).toBe(400);
    expect((await stranger(app.base)('/satisfaction')).status).toBe(401);
  });

  it('is a table that a spreadsheet reads safely', async () => {
    const { body, headers } = await officer('/satisfaction.csv?by=service&locale=ar');
    expect(headers.get('content-disposition')).toContain('satisfaction-service');
    const rows: string[][] = parse(body, { bom: true });
    expect(rows[0]?.slice(0, 2)).toEqual(['البند', 'عدد الآراء']);
    expect(rows.at(-1)?.slice(0, 7)).toEqual(['الكل', '35', '6', '1', '3', '5', '20']);
    expect(body).not.toMatch(/(^|,)"?[=+@-]/m);
  });
});

describe('The sheet', () => {
  const path = '/staff/satisfaction/report';
  const fetched = (query = '', cookie = officer.cookie) => fetch(`${app.base}${path}${query}`, { headers: { cookie } });

  it('is behind the session, Arabic first, with no script and no style but its own', async () => {
    const answer = await fetched();
    const page = await answer.text();
    expect(answer.headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; style-src 'sha256-[^']+'; base-uri 'none'/,
    );
    expect(page).toContain('<html lang="ar" dir="rtl">');
    expect(page).toContain('٧١٪');
    // Between Arabic digits a dot is a zero.
    expect(page).not.toMatch(/[٠-٩]٪? [·.]/);
    expect(page).not.toContain('<script>');
    expect(page).not.toMatch(/ style=/);
    const [, other = ''] = /<a href="([^"]+)" lang="en"/.exec(page) ?? [];
    const english = await (await fetched(other.replaceAll('&amp;', '&'))).text();
    expect(english).toContain('<html lang="en" dir="ltr">');
    // The same weeks, and so the same figures.
    expect(english).toContain(`from=${weekAfter(last, -12)}&amp;to=${last}`);
    expect(english).toContain('71%');
  });

  it('leads to as long before, to the latest weeks and to a year, in the same language', async () => {
    const page = await (await fetched('?lang=en')).text();
    const [earlier = '', latest = '', year = ''] = [...page.matchAll(/<a href="(\?lang=en[^"]*)">/g)].map(
      ([, to = '']) => to.replaceAll('&amp;', '&'),
    );
    expect(earlier).toBe(`?lang=en&from=${weekAfter(last, -25)}&to=${weekAfter(last, -13)}`);
    expect(latest).toBe('?lang=en');
    expect(year).toBe(`?lang=en&from=${weekAfter(last, -51)}&to=${last}`);
    expect(await (await fetched(earlier)).text()).toContain(
      `from=${weekAfter(last, -38)}&amp;to=${weekAfter(last, -26)}`,
    );
    expect(await (await fetched(year)).text()).toContain('71%');
  });

  it.each([
    ['ar', 'هذه الصفحة للموظفين', 'rtl'],
    ['en', 'This page is for staff', 'ltr'],
  ])('tells a stranger what to do, and nothing else: %s', async (lang, title, dir) => {
    const answer = await fetched(`?lang=${lang}`, '');
    const page = await answer.text();
    expect([answer.status, answer.headers.get('content-type')]).toEqual([401, 'text/html; charset=utf-8']);
    expect(page).toContain(`<h1>${title}</h1>`);
    expect(page).toContain(`<html lang="${lang}" dir="${dir}">`);
    expect(page).not.toContain('٪');
    const wrong = await fetched(`?lang=${lang}&from=2026-05-05&to=2026-01-01`);
    expect([wrong.status, wrong.headers.get('content-type')]).toEqual([422, 'text/html; charset=utf-8']);
  });

  it('says for each plot the same in a table', async () => {
    const page = await (await fetched('?lang=en')).text();
    expect(page.match(/<svg/g)?.length).toBe(page.match(/<table/g)?.length);
    expect(page).toContain('<th scope="row">Food baskets</th>');
  });

  it('has a sentence when there is nothing to show', async () => {
    expect(await (await fetched('?from=2020-01-05&to=2020-01-06')).text()).toContain('لم تجتمع في هذه الفترة آراء');
  });
});

describe('Improvements', () => {
  const today = new Date(clock.now() - 24 * 60 * 60 * 1000).toISOString().slice(0, 10);
  const written = () => ({
    date: today,
    said: { ar: 'الانتظار طويل' },
    did: { ar: 'زدنا موظفًا', en: 'One more officer' },
    owner: officer.id,
  });

  it('are written down with owner and date, stand in the list and in the report, and are told once', async () => {
    const made = await officer('/improvements', { body: written() });
    expect(made).toMatchObject({ status: 201, body: { ...written(), by: officer.id, toldAt: null } });
    expect((await committee('/improvements')).body).toMatchObject({ total: 1, next: null });
    expect((await committee('/satisfaction')).body.improvements).toMatchObject([{ id: made.body.id }]);
    const page = await (
      await fetch(`${app.base}/staff/satisfaction/report?lang=en`, { headers: { cookie: officer.cookie } })
    ).text();
    expect(page).toContain('One more officer');
    expect((await officer(`/improvements/${made.body.id}/tell`, { body: {} })).body.toldAt).not.toBeNull();
    expect((await officer(`/improvements/${made.body.id}/tell`, { body: {} })).status).toBe(409);
  });

  it.each([
    ['a day to come', { date: '2199-01-01' }, 422],
    ['an owner whom nobody knows', { owner: 'nobody' }, 422],
    ['no words', { did: { ar: '' } }, 400],
    ['a field too many', { score: 5 }, 400],
  ])('are refused with %s', async (_what, wrong, status) => {
    expect((await officer('/improvements', { body: { ...written(), ...wrong } })).status).toBe(status);
  });

  it('are written down by those who serve people, and told of only when they are there', async () => {
    expect((await committee('/improvements', { body: written() })).status).toBe(403);
    expect((await officer('/improvements/none/tell', { body: {} })).status).toBe(404);
  });
});

describe.skipIf(noBrowser)('The sheet, for eyes,', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
    for (const later of [0, 1, 2, 3]) {
      const words = { ar: novel.slice(0, 500), en: novel.slice(0, 500) };
      await officer('/improvements', { body: { date: weekAfter(full, later), said: words, did: words, owner: officer.id } }); // prettier-ignore
    }
  });
  afterAll(() => browser.close());

  async function opened(query: string, options: BrowserContextOptions = {}): Promise<Page> {
    const context = await browser.newContext({ viewport: { width: 360, height: 740 }, ...options });
    const [name = '', value = ''] = officer.cookie.split('=');
    await context.addCookies([{ name, value, url: app.base }]);
    const page = await context.newPage();
    page.on('console', (message) => complaints.push(message.text()));
    await page.goto(`${app.base}/staff/satisfaction/report${query}`);
    return page;
  }
  const complaints: string[] = [];

  for (const lang of ['ar', 'en']) {
    it(`fits a small phone, and reads from its own side: ${lang}`, async () => {
      const page = await opened(`?lang=${lang}`);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
      const bar = (await page.locator('rect.step5').first().boundingBox())!;
      const label = (await page.locator('svg .label').first().boundingBox())!;
      expect(label.x > bar.x).toBe(lang === 'ar');
      expect(complaints).toEqual([]);
    });

    it(`puts what was heard below what was done about it: ${lang}`, async () => {
      const page = await opened(`?lang=${lang}&from=${full}&to=${full}`);
      const did = (await page.locator('li strong').first().boundingBox())!;
      const heard = (await page.locator('li .note').first().boundingBox())!;
      expect(heard.y).toBeGreaterThanOrEqual(did.y + did.height - 4);
    });

    it(`is one sheet of A4, also when everything is full: ${lang}`, async () => {
      for (const period of ['', `&from=${full}&to=${full}`]) {
        const page = await opened(`?lang=${lang}${period}`);
        const sheet = await page.pdf({ preferCSSPageSize: true, printBackground: true });
        expect(sheet.toString('latin1').match(/\/Type\s*\/Page[^s]/g)).toHaveLength(1);
      }
    });

    it(`has nothing that axe finds, light and dark: ${lang}`, async () => {
      for (const colorScheme of ['light', 'dark'] as const) {
        const page = await opened(`?lang=${lang}`, { colorScheme });
        expect(await violations(page)).toEqual([]);
      }
    });
  }
});
