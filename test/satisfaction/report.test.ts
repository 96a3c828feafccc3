import { expect, it } from 'vitest';
import type { BatchRecord } from '../../src/satisfaction/batch.js';
import type { ImprovementRecord } from '../../src/satisfaction/improvements.js';
import { labelsFor } from '../../src/satisfaction/labels.js';
import { reportPage } from '../../src/satisfaction/report-page.js';
import { reportOf } from '../../src/satisfaction/report.js';
import { weekAfter } from '../../src/satisfaction/week.js';
import { assetsOf } from '../fixtures/assets.js';
import { describeOnEachStore } from '../fixtures/stores.js';
import { createTestClock } from '../mailbox/harness.js';

const week = '2026-03-01';
const labels = { service: 'food', language: 'ar', channel: 'webchat', stage: 'closed' };

describeOnEachStore('The report', (open) => {
  async function house() {
    const { store } = await open();
    const ratings = store.collection<BatchRecord>('ratings');
    const improvements = store.collection<ImprovementRecord>('improvements');
    await ratings.deleteMany({ week: { $gt: '' } });
    await improvements.deleteMany({ date: { $gt: '' } });
    const { surveys, organisation, t } = assetsOf();
    return {
      improvements,
      /** So many satisfied ones of a hundred, in this week. */
      satisfied: (in_: string, good: number) =>
        ratings.insert({
          _id: in_,
          week: in_,
          asked: 100,
          groups: [{ labels, counts: [100 - good, 0, 0, good, 0] }],
          comments: [],
          thumbs: [],
          themes: {},
        }),
      report: () =>
        reportOf({ ratings, improvements, themes: surveys.themes, clock: createTestClock() }, { from: week, to: week }),
      page: { organisation, scale: surveys.scale, t, labelOf: labelsFor(organisation, t), ownerOf: () => 'هدى' },
    };
  }

  it.each([
    [1, 'أعلى من الفترة السابقة بنقطة واحدة.', '1 point above'],
    [2, 'أعلى من الفترة السابقة بنقطتين.', '2 points above'],
    [-5, 'أقل من الفترة السابقة بـ٥ نقاط.', '5 points below'],
    [15, 'أعلى من الفترة السابقة بـ١٥ نقطة.', '15 points above'],
  ])('counts points of difference as people do: %i', async (points, arabic, english) => {
    const { satisfied, report, page } = await house();
    await satisfied(weekAfter(week, -1), 50);
    await satisfied(week, 50 + points);
    const known = await report();
    expect(reportPage(page, known, 'ar')).toContain(arabic);
    expect(reportPage(page, known, 'en')).toContain(english);
  });

  it('leads to a table in the language of the sheet', async () => {
    const { report, page } = await house();
    const known = await report();
    for (const locale of ['ar', 'en'] as const)
      expect(reportPage(page, known, locale)).toMatch(new RegExp(`satisfaction\\.csv\\?[^"]*locale=${locale}`));
  });

  it('tells what was done then, however much was done since', async () => {
    const { report, improvements } = await house();
    const words = { ar: 'كلام' };
    const done = { at: 0, said: words, did: words, owner: 'huda', by: 'huda', toldAt: null, telling: null };
    await improvements.insert({ _id: 'then', date: weekAfter(week, 1), ...done });
    for (let later = 0; later < 51; later += 1)
      await improvements.insert({ _id: `later ${later}`, date: weekAfter(week, 5 + later), ...done });
    expect((await report()).improvements.map(({ _id }) => _id)).toEqual(['then']);
  });
});
