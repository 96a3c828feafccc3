import { expect, it } from 'vitest';
import type { Channel } from '../../src/channels/channel.js';
import { createChannelWatch } from '../../src/channels/watch.js';
import { createStatus } from '../../src/channels/whatsapp/web/status.js';
import { silentLog } from '../../src/core/log.js';

const at = Date.parse('2026-11-21T06:00:00Z');

it('The last message of WhatsApp Web is the last that was accepted, also one that was asked for, and no repeat', () => {
  let now = at;
  const watch = createChannelWatch({ now: () => now });
  const { state, details } = createStatus(silentLog);
  const shown = () => watch.details({ id: 'whatsapp', state, details } as Channel).lastMessageAt;
  expect(shown()).toBeNull();
  watch.accepted('whatsapp', 'accepted');
  now += 60_000;
  watch.accepted('whatsapp', 'repeated');
  expect(shown()).toBe(new Date(at).toISOString());
});
