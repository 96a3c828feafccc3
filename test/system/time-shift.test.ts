import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { install, type Installation } from '../fixtures/installation.js';
import { admin } from '../fixtures/staff.js';
import { visit } from '../fixtures/visitor.js';
import { all, fillIn, heard } from '../stories/filling.js';
import { openOffice } from '../stories/office.js';

const environment = {
  ADMIN_EMAIL: admin.email,
  ADMIN_PASSWORD: admin.password,
  QUIET_HOURS: 'none',
  QUIET_FRIDAY: 'none',
  MONGODB_URI: '',
};

describe('the fourteen days, tried by hand', () => {
  let wasl: Installation;
  beforeAll(() => void (wasl = install({ content: 'real' })));
  afterAll(() => wasl.remove());

  it('start, apply, decide, stop; start with WASL_TIME_SHIFT=P15D, and the outcome arrives', async () => {
    const today = wasl.run('main', environment);
    const base = await today.address;
    const visitor = await visit(base);
    await visitor.arrives();
    await visitor.post({ type: 'message', value: 'start:support-request' });
    await fillIn(visitor);
    const reference = /[A-Z]{3}-\w{4}-\w/.exec(await heard(visitor, 'ورقمه'))?.[0] ?? '';
    const office = await openOffice(() => base);
    await office.moves(reference, { to: 'verification' });
    await office.moves(reference, { to: 'committee' });
    await office.decides(reference, { decision: 'reject', reason: 'الدخل أعلى من حد هذه الخدمة' });
    expect(await all(visitor)).not.toContain('الدخل أعلى');
    today.kill('SIGTERM');
    expect(await today.ended).toMatchObject({ code: 0 });
    const later = wasl.run('main', { ...environment, WASL_TIME_SHIFT: 'P15D' });
    await heard(await visit(await later.address, visitor.token), 'الدخل أعلى من حد هذه الخدمة');
  });
});
