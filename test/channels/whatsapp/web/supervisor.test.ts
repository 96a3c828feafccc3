import { afterEach, describe, expect, it } from 'vitest';
import type { FoundBrowser } from '../../../../src/channels/whatsapp/web/find-browser.js';
import { CallFailed, type Link } from '../../../../src/channels/whatsapp/web/link.js';
import type { ChildEvent, EndReason } from '../../../../src/channels/whatsapp/web/protocol.js';
import { createStatus } from '../../../../src/channels/whatsapp/web/status.js';
import { createSupervisor, usualCare, type Care } from '../../../../src/channels/whatsapp/web/supervisor.js';
import { silentLog } from '../../../../src/core/log.js';
import { until } from '../../../fixtures/eventually.js';

interface Life {
  say(event: ChildEvent): void;
  end(reason: EndReason): void;
  stopped: boolean;
  killed: boolean;
  /** How many failures were known when it began. */
  errors: number;
}

/** A supervisor over processes that live and end as the test says. */
function setUp(care: Partial<Care> = {}) {
  const lives: Life[] = [];
  const begins: number[] = [];
  const state = {
    held: true,
    answers: true,
    memory: 0,
    missed: 0,
    browser: { type: 'found', path: '/chrome' } as FoundBrowser,
  };
  const done: string[] = [];
  const note = (name: string) => async (): Promise<void> => void done.push(name);
  const status = createStatus(silentLog);
  const supervisor = createSupervisor({
    care: { ...usualCare, heartbeat: 10, retry: 20, longestRetry: 80, ...care },
    startOptions: {
      profile: '/p',
      args: [],
      pairWith: null,
      page: null,
      timing: { watch: 1, call: 1, load: 1, takeover: 1 },
    },
    acked: () => undefined,
    open(_options, hear): Link {
      begins.push(performance.now());
      let end: (reason: EndReason) => void = () => undefined;
      const ended = new Promise<EndReason>((resolve) => (end = resolve));
      const life: Life = { say: hear, end, stopped: false, killed: false, errors: status.details().errors };
      lives.push(life);
      return {
        ended,
        stop() {
          life.stopped = true;
          end('stopped');
        },
        kill() {
          life.killed = true;
          end('failed');
        },
        async call() {
          if (!state.answers) throw new CallFailed('timeout');
          return { socket: 'CONNECTED', ready: true, heapBytes: 1 } as never;
        },
      };
    },
    findBrowser: () => state.browser,
    profile: { clear: note('clear'), note: note('note'), memory: async () => state.memory },
    lease: { take: async () => state.held, renew: async () => state.held, release: note('release') },
    session: { restore: note('restore'), save: note('save'), forget: note('forget') },
    status,
    hear: () => undefined,
    catchUp: async () => state.missed,
    pause: async () => undefined,
    resume: () => undefined,
    show: () => undefined,
    log: silentLog,
  });
  supervisor.start();
  const life = async (number: number): Promise<Life> => {
    await until(() => lives.length >= number);
    const found = lives[number - 1];
    if (!found) throw new Error('It did not begin');
    return found;
  };
  return { supervisor, status, lives, begins, state, done, life };
}

const ready: ChildEvent = { type: 'status', ready: true, socket: 'CONNECTED' };

type World = ReturnType<typeof setUp>;

describe('the supervisor of WhatsApp Web', () => {
  let world: World;
  afterEach(() => world.supervisor.stop());

  it('is off with a word on how to get a browser when there is none', async () => {
    world = setUp();
    (await world.life(1)).end('failed');
    world.state.browser = { type: 'missing', help: 'Install one' };
    await until(() => world.status.step === 'no_browser');
    expect(world.status.state()).toEqual({ state: 'off', reason: 'Install one' });
    expect(world.done).toContain('release');
  });

  it('waits while another instance holds the session, takes over, and lets go at once when it has lost it', async () => {
    world = setUp();
    const first = await world.life(1);
    first.say(ready);
    world.state.held = false;
    await until(() => world.status.step === 'standby');
    expect(first.killed).toBe(true);
    expect(world.done).not.toContain('save');
    world.state.held = true;
    await world.life(2);
  });

  it('clears what was left and restores the session before each start, and saves it after', async () => {
    world = setUp();
    const first = await world.life(1);
    expect(world.done).toEqual(['clear', 'restore']);
    first.say(ready);
    first.end('browser_gone');
    await world.life(2);
    expect(world.done).toEqual(['clear', 'restore', 'save', 'clear', 'clear', 'restore']);
  });

  it('forgets a session that the phone has ended, and only that', async () => {
    world = setUp();
    (await world.life(1)).end('conflict');
    await world.life(2);
    expect(world.done).not.toContain('forget');
    (await world.life(2)).end('logged_out');
    await world.life(3);
    expect(world.done).toContain('forget');
  });

  it('waits longer after each failure, and counts them', async () => {
    world = setUp();
    for (const number of [1, 2, 3]) (await world.life(number)).end('failed');
    await world.life(4);
    const waits = world.begins.slice(1).map((at, index) => at - (world.begins[index] ?? 0));
    // A busy machine only makes each longer; a timer may be a millisecond early.
    for (const [index, least] of [20, 40, 80].entries()) expect(waits[index]).toBeGreaterThan(least - 2);
    expect(world.status.details().errors).toBe(3);
  });

  it.each([
    { what: 'grown too large', cause: ({ state }: World) => (state.memory = 2e9), polite: true },
    {
      what: 'stopped answering',
      cause: ({ state }: World) => (state.answers = false),
      polite: false,
    },
    { what: 'gone deaf', cause: ({ state }: World) => (state.missed = 1), polite: true },
  ])('starts a browser anew that has $what', async ({ cause, polite }) => {
    world = setUp({ look: 20 });
    const first = await world.life(1);
    first.say({ type: 'launched', browser: 4242 });
    first.say(ready);
    cause(world);
    await world.life(2);
    expect(first).toMatchObject({ stopped: polite, killed: !polite });
  });

  it('starts a browser anew after its time, which is no failure', async () => {
    world = setUp({ restart: 60 });
    const first = await world.life(1);
    first.say(ready);
    await world.life(2);
    expect(first.stopped).toBe(true);
    expect(world.status.details().errors).toBe(0);
  });

  it('starts a browser anew that never gets anywhere', async () => {
    world = setUp({ stuck: 60 });
    const [first, second] = [await world.life(1), await world.life(2)];
    expect(first.killed).toBe(true);
    // Which gets nowhere either, and may have ended by now.
    expect(second.errors).toBe(1);
  });
});
