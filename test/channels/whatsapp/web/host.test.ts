import { EventEmitter } from 'node:events';
import { describe, expect, it, vi } from 'vitest';
import { createHost, type Host } from '../../../../src/channels/whatsapp/web/child/host.js';
import type { OpenClient, WebClient } from '../../../../src/channels/whatsapp/web/child/client.js';
import * as page from '../../../../src/channels/whatsapp/web/child/in-page.js';
import type { ChildEvent, CallName } from '../../../../src/channels/whatsapp/web/protocol.js';
import { until } from '../../../fixtures/eventually.js';

const options = {
  profile: '/nowhere',
  executablePath: '/nowhere/chrome',
  args: [],
  pairWith: null,
  page: null,
  timing: { watch: 10, call: 60, load: 1_000, takeover: 10 },
};

/** A host over a Client whose page is played here. */
function setUp() {
  const events: ChildEvent[] = [];
  const status = { socket: 'CONNECTED', synced: true, injected: true, armed: true };
  const asked: unknown[] = [];
  const emitter = new EventEmitter();
  const exit = vi.fn<() => void>();
  const destroy = vi.fn<() => Promise<void>>(async () => undefined);
  const sendMessage = vi.fn<WebClient['sendMessage']>(() => new Promise(() => undefined));
  const open: OpenClient = () =>
    Object.assign(emitter, {
      pupPage: {
        evaluate: async (work: unknown) => {
          if (work === page.readStatus) return { ...status };
          asked.push(work);
          return undefined;
        },
        metrics: async () => ({}),
      } as never,
      initialize: async () => undefined,
      destroy,
      sendMessage,
      getMessageById: async () => null,
    });
  const host: Host = createHost({ open, asMedia: () => ({}), post: (event) => void events.push(event), exit });
  host.handle({ type: 'start', options });
  const said = (type: ChildEvent['type']) => events.filter((event) => event.type === type);
  let calls = 0;
  return {
    host,
    emitter,
    status,
    asked,
    said,
    exit,
    destroy,
    sendMessage,
    call: (name: CallName, ask: unknown) => host.handle({ type: 'call', id: (calls += 1), name, ask }),
    ready: () => until(() => said('status').some((event) => event.type === 'status' && event.ready)),
    close: () => host.handle({ type: 'stop' }),
  };
}

describe('the process that runs whatsapp-web.js', () => {
  it('listens once to each Client, and says "ready" once, however often the library does', async () => {
    const { emitter, said, ready, close } = setUp();
    for (const name of ['message', 'ready', 'qr']) expect(emitter.listenerCount(name)).toBe(1);
    for (let time = 0; time < 5; time += 1) emitter.emit('ready');
    await ready();
    emitter.emit('ready');
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(said('status')).toEqual([{ type: 'status', ready: true, socket: 'CONNECTED' }]);
    close();
  });

  it('does not call itself ready before the library listens, and tells it of the sync that it missed', async () => {
    const { status, asked, said, emitter, ready, close } = setUp();
    status.injected = false;
    await until(() => asked.includes(page.sayHasSynced));
    expect(said('status')).toEqual([{ type: 'status', ready: false, socket: 'CONNECTED' }]);
    status.injected = true;
    emitter.emit('ready');
    await ready();
    close();
  });

  it('asks for a new QR code when the page has tired of showing them', async () => {
    const { status, asked, close } = setUp();
    status.socket = 'UNPAIRED_IDLE';
    await until(() => asked.includes(page.refreshQr));
    close();
  });

  it('tries nothing before it is ready, and waits for no answer for ever', async () => {
    const { call, said, emitter, ready, close } = setUp();
    const send = { chat: '1@c.us', text: 'أهلًا' };
    call('send_text', send);
    await until(() => said('failure').length === 1);
    emitter.emit('ready');
    await ready();
    call('send_text', send);
    await until(() => said('failure').length === 2);
    call('typing', { chat: 7 });
    await until(() => said('failure').length === 3);
    expect(said('failure')).toMatchObject([{ failure: 'not_ready' }, { failure: 'timeout' }, { failure: 'failed' }]);
    close();
  });

  it('marks no chat as seen by what it sends: the bot says what is durable', async () => {
    const { call, said, emitter, ready, sendMessage, close } = setUp();
    emitter.emit('ready');
    await ready();
    sendMessage.mockResolvedValue({ id: { _serialized: 'true_1@c.us_1' } });
    call('send_text', { chat: '1@c.us', text: 'أهلًا' });
    call('send_file', { chat: '1@c.us', name: 'a.pdf', contentType: 'application/pdf', content: new Uint8Array() });
    await until(() => said('answer').length === 2);
    for (const [, , how] of sendMessage.mock.calls) expect(how).toMatchObject({ sendSeen: false });
    close();
  });

  it.each([
    ['auth timeout', 'page_unknown'],
    [new Error('net::ERR_NAME_NOT_RESOLVED at https://web.whatsapp.com/'), 'unreachable'],
    [new Error('+966512345678 said something'), 'failed'],
  ])('ends after %s that nobody caught, says only its kind, and closes the browser', async (error, reason) => {
    const { host, said, exit, destroy } = setUp();
    host.failed(error);
    host.failed(error);
    await until(() => exit.mock.calls.length > 0);
    expect(said('ended')).toEqual([{ type: 'ended', reason }]);
    expect(destroy).toHaveBeenCalledTimes(1);
    expect(exit).toHaveBeenCalledTimes(1);
  });

  it.each([
    ['LOGOUT', 'logged_out'],
    ['UNPAIRED', 'logged_out'],
    ['CONFLICT', 'conflict'],
    ['TOS_BLOCK', 'failed'],
  ])('ends when the library disconnects by %s', async (state, reason) => {
    const { emitter, said, exit } = setUp();
    emitter.emit('disconnected', state);
    await until(() => exit.mock.calls.length > 0);
    expect(said('ended')).toEqual([{ type: 'ended', reason }]);
  });
});
