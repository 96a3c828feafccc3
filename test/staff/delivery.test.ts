import { expect, it } from 'vitest';
import { deliveryShown, sayTo } from '../../src/staff/delivery.js';
import { say } from '../fixtures/staff.js';

it('A failure of one part alone is not told of the rest', () => {
  const shown = (partly?: true) =>
    (['ar', 'en'] as const).map(
      (locale) =>
        deliveryShown({ status: 'failed', kind: 'invalid', ...(partly ? { partly } : {}) }, sayTo(say, { locale }))
          .problem,
    );
  expect(shown()).toEqual([expect.stringMatching(/^لم تصل:/), expect.stringMatching(/^Not delivered:/)]);
  expect(shown(true)).toEqual([expect.stringMatching(/^لم يصل جزء/), expect.stringMatching(/^A part of this message/)]);
});
