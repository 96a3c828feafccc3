import { createHash } from 'node:crypto';
import { parse } from 'csv-parse/sync';
import { expect, it } from 'vitest';
import { amendSitting } from '../../src/requests/attendance.js';
import { decide } from '../../src/requests/decisions.js';
import { minutesCsv, minutesOf } from '../../src/requests/minutes.js';
import { minutesPage, minutesPolicy } from '../../src/requests/minutes-page.js';
import { describeOnEachStore } from '../fixtures/stores.js';
import { createCommittee, members } from './committee.js';

describeOnEachStore('the minutes of a sitting', (openStore) => {
  async function setUp(name: string) {
    const one = createCommittee((await openStore()).store);
    const [first, second] = [await one.submitted(`${name}-1`), await one.submitted(`${name}-2`)];
    const { _id } = await one.convene([first, second]);
    const present = members.map((account) => ({ account, present: account !== 'mona' }));
    const recusals = [{ reference: second, account: 'huda', reason: 'صلة <قرابة>' }];
    await amendSitting(one.context, _id, { members: present, recusals, by: 'huda' });
    await decide(one.context, _id, {
      reference: first,
      decision: 'accept',
      reason: '=HYPERLINK("x") <b>مستحق</b>',
      by: 'salem',
    });
    const inWords = async (locale: 'ar' | 'en') => minutesOf(one.context, await one.sitting(_id), locale);
    return { ...one, id: _id, first, second, inWords };
  }

  it('are a file for a spreadsheet, in which nothing is a formula', async () => {
    const { first, second, inWords, context } = await setUp('csv');
    const csv = minutesCsv(context, await inWords('en'), 'en');
    expect(csv.startsWith('\uFEFF')).toBe(true);
    expect(csv.endsWith('\r\n')).toBe(true);
    expect(parse(csv, { bom: true })).toEqual([
      ['Request', 'Service', 'Decision', 'Reason', 'Recorded at (Riyadh time)', 'Present', 'Recused'],
      [
        first,
        expect.stringMatching(/\w/),
        'Accepted',
        `'=HYPERLINK("x") <b>مستحق</b>`,
        '2026-11-21 09:00',
        'هدى العتيبي and سالم الدوسري',
        '',
      ],
      [second, expect.stringMatching(/\w/), '', '', '', 'هدى العتيبي and سالم الدوسري', 'هدى العتيبي'],
    ]);
    expect(minutesCsv(context, await inWords('ar'), 'ar')).toContain('قبول');
  });

  it('are a page to print, in Arabic from right to left, with both calendars and whatever was typed as text', async () => {
    const { first, inWords, context } = await setUp('page');
    const page = minutesPage(context, await inWords('ar'), 'ar');
    expect(page).toContain('<html lang="ar" dir="rtl">');
    expect(page).toContain(context.organisation.name.ar);
    expect(page).toContain('٢٢ نوفمبر ٢٠٢٦ م');
    expect(page).toContain('١٤٤٨ هـ');
    expect(page).toContain(first);
    expect(page).toContain('&lt;b&gt;مستحق&lt;/b&gt;');
    expect(page).toContain('هدى العتيبي: صلة &lt;قرابة&gt;');
    expect(page).toContain('مسودة');
    expect(page.match(/class="line"/g)).toHaveLength(2);
    expect(page).not.toContain('نورة');
    expect(page).not.toContain('committee.');
    expect(minutesPage(context, await inWords('en'), 'en')).toContain('<html lang="en" dir="ltr">');
  });

  it('load nothing but their own style sheet', async () => {
    const { inWords, context } = await setUp('policy');
    const page = minutesPage(context, await inWords('ar'), 'ar');
    const style = /<style>([^]*)<\/style>/.exec(page)?.[1] ?? '';
    expect(minutesPolicy).toContain(`'sha256-${createHash('sha256').update(style).digest('base64')}'`);
    expect(page).not.toMatch(/<script|src=|style="/);
  });
});
