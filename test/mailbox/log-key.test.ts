import { expect, it, vi } from 'vitest';

const conversation = 'whatsapp/966512345678';

it('The log names a conversation in a way that nobody can find by trying numbers', async () => {
  const here = await import('../../src/mailbox/log-key.js');
  vi.resetModules();
  const elsewhere = await import('../../src/mailbox/log-key.js');
  expect(here.logKey(conversation)).toBe(here.logKey(conversation));
  expect(here.logKey(conversation)).not.toBe(here.logKey('whatsapp/966512345679'));
  expect(elsewhere.logKey(conversation)).not.toBe(here.logKey(conversation));
});
