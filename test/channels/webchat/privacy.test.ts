import { afterEach, expect, test } from 'vitest';
import { startWorld, type World } from './world.js';

let world: World;
afterEach(() => world.close());

test('no log line holds what was said, a name, a token, a ticket, a link or an id of a person', async () => {
  world = await startWorld({ directLineSecret: 'secret-of-the-operator' });
  const visit = await world.visit();
  const path = `/v3/directline/conversations/${visit.conversationId}`;
  const { token } = visit;
  const text = 'اسمي نورة ورقمي 0551234567';
  const started = await world.call('POST', '/v3/directline/conversations', { token });
  await world.call('POST', `${path}/activities`, { token, json: { type: 'message', text } });
  const body = new FormData();
  body.append('file', new Blob(['%PDF-1']), 'هوية نورة.pdf');
  await world.call('POST', `${path}/upload`, { token, body });
  const { body: read } = await world.call('GET', `${path}/activities?watermark=2`, { token });
  const link = JSON.stringify(read).match(/chat\/files\/[\w.-]+/)?.[0] ?? '';
  await fetch(`${world.base}/${link}`);
  world.mailbox.refuse(1, new Error(`could not keep ${text} for ${token}`));
  await world.call('POST', `${path}/activities`, { token, json: { type: 'message', text } });
  world.mailbox.refuseFiles = new Error(`could not keep ${text}`);
  const second = new FormData();
  second.append('file', new Blob(['%PDF-1']), 'هوية نورة.pdf');
  await world.call('POST', `${path}/upload`, { token, body: second });
  world.mailbox.storeAway = true;
  await world.call('GET', `${path}/activities`, { token });
  await world.call('POST', `${path}/activities`, { token, body: `{"text": "${text}` });

  const written = world.lines.join('\n');
  expect(world.lines.filter((line) => line.includes('"level":40'))).toHaveLength(3);
  const user = world.mailbox.accepted[0]?.from.id ?? '';
  const ticket = new URL(String(started.body['streamUrl'])).searchParams.get('t') ?? '';
  for (const secret of [
    text,
    'نورة',
    '0551234567',
    token,
    ticket,
    link.slice(12),
    user,
    visit.conversationId,
    'secret-of',
  ]) {
    expect(secret).not.toBe('');
    expect(written).not.toContain(secret);
  }
});
