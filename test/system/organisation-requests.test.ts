import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { startApp } from '../fixtures/app.js';
import { content } from '../fixtures/assets.js';
import { adminEnvironment } from '../fixtures/staff.js';
import { visit } from '../fixtures/visitor.js';
import { all, fillIn, heard } from '../stories/filling.js';
import { openOffice } from '../stories/office.js';

const day = 24 * 60 * 60 * 1000;

describe.each([...content().organisations.keys()])('the support request of %s', (organisation) => {
  it('is filled in, studied, accepted after its fourteen days, and told', async () => {
    const clock = { shift: 0 };
    const environment = { ...adminEnvironment, ORGANISATION: organisation, QUIET_HOURS: 'none', QUIET_FRIDAY: 'none' };
    const now = () => Date.now() + clock.shift;
    const app = await startApp(environment, { clock: { now }, beatMs: 50 });
    try {
      const visitor = await visit(app.base);
      await visitor.arrives();
      await visitor.post({ type: 'message', value: 'start:support-request' });
      await fillIn(visitor);
      const reference = /[A-Z]{3}-\w{4}-\w/.exec(await heard(visitor, 'ورقمه'))?.[0] ?? '';
      expect(reference.slice(0, 3)).toBe(content().organisations.get(organisation)?.prefix);
      const office = await openOffice(() => app.base);
      await office.moves(reference, { to: 'verification' });
      await office.moves(reference, { to: 'committee' });
      await office.decides(reference, { decision: 'accept', reason: 'مستحق بعد الدراسة' });
      clock.shift = 13.9 * day;
      await pause(200);
      // The page comes back with the token that it kept.
      expect(await all(await visit(app.base, visitor.token))).not.toContain('نبشّرك');
      clock.shift = 14.1 * day;
      await heard(await visit(app.base, visitor.token), 'مستحق بعد الدراسة');
    } finally {
      await app.close();
    }
  });
});
