import { setTimeout as sleep } from 'node:timers/promises';
import { systemClock } from '../../../core/clock.js';
import type { Log } from '../../../core/log.js';
import type { FoundBrowser } from './find-browser.js';
import type { Link, OpenLink } from './link.js';
import type { LeasePort } from './ports.js';
import type { ChildEvent, EndReason, StartOptions, WireMessage } from './protocol.js';
import type { Session } from './session.js';
import type { Status } from './status.js';

/** All in milliseconds, except the limit. */
export interface Care {
  /** How often the page is asked whether it is there. */
  heartbeat: number;
  /** Without a word of progress for so long, it is started anew. */
  stuck: number;
  /** A browser grows: it is started anew after so long, and above so much memory. */
  restart: number;
  memoryBytes: number;
  /** How often it is looked whether a message was missed, which also notices a page that has gone deaf. */
  look: number;
  /** The first wait after a failure; doubled each time, at most `longestRetry`. */
  retry: number;
  longestRetry: number;
  /** Until the first save of a new link, and between later ones. */
  firstSave: number;
  save: number;
}

export const usualCare: Care = {
  heartbeat: 15_000,
  stuck: 240_000,
  restart: 24 * 3_600_000,
  memoryBytes: 1_500 * 1024 * 1024,
  look: 120_000,
  retry: 2_000,
  longestRetry: 300_000,
  firstSave: 60_000,
  save: 1_800_000,
};

export interface SupervisorOptions {
  care: Care;
  open: OpenLink;
  startOptions: Omit<StartOptions, 'executablePath'>;
  findBrowser(): FoundBrowser;
  profile: {
    clear(): Promise<void>;
    note(browser: number): Promise<void>;
    memory(browser: number): Promise<number | undefined>;
  };
  lease: LeasePort;
  session: Session;
  status: Status;
  hear(message: WireMessage): void;
  acked(id: string, ack: number): void;
  /** Resolves to how many messages the page should have told of, and did not. */
  catchUp(): Promise<number>;
  /** Nothing is sent any more until `resume`; resolves when nothing is under way. */
  pause(): Promise<void>;
  resume(): void;
  /** Is handed each new QR or pairing code. */
  show(code: { qr: string } | { pairingCode: string }): void;
  log: Log;
}

export interface Supervisor {
  /** The link while it is ready. */
  link(): Link | undefined;
  start(): void;
  /** Closes the browser, saves the session, lets another instance have it. */
  stop(): Promise<void>;
}

/** How a run ended: by the process itself, or because we wanted it to. */
type Ending = EndReason | 'planned' | 'stuck' | 'deaf' | 'memory' | 'lost';

/** Keeps one process with one browser running, whatever happens to it, while this instance holds the session. */
export function createSupervisor(options: SupervisorOptions): Supervisor {
  const { care, open, findBrowser, profile, lease, session, status, log } = options;
  let current: { stop: AbortController; ended: Promise<void> } | undefined;
  let ready: Link | undefined;
  let lastRenewal = 0;

  async function keepRunning(signal: AbortSignal): Promise<void> {
    let failures = 0;
    while (!signal.aborted) {
      if (!(await holdLease(signal))) return;
      const browser = findBrowser();
      if (browser.type === 'missing') {
        await lease.release();
        return status.go('no_browser', browser.help);
      }
      const { ending, connectedMs } = await attempt(browser.path, signal);
      if (signal.aborted) break;
      if (connectedMs > care.retry * 10) failures = 0;
      if (ending === 'planned' || ending === 'memory') continue;
      status.failed(ending);
      status.go(ending === 'logged_out' ? 'logged_out' : 'retrying', sentenceOf(ending));
      failures += 1;
      await pause(Math.min(care.longestRetry, care.retry * 2 ** (failures - 1)), signal);
    }
    await lease.release().catch(() => undefined);
  }

  async function holdLease(signal: AbortSignal): Promise<boolean> {
    while (!signal.aborted) {
      const taken = await lease.take().catch((error: unknown) => {
        log.warn('the lease of the WhatsApp session could not be read', { error });
        return false;
      });
      if (taken) {
        lastRenewal = systemClock.now();
        return true;
      }
      status.go('standby');
      await pause(care.heartbeat, signal);
    }
    return false;
  }

  async function attempt(
    executablePath: string,
    signal: AbortSignal,
  ): Promise<{ ending: Ending; connectedMs: number }> {
    try {
      status.go('starting');
      await profile.clear();
      await session.restore();
      return await run({ ...options.startOptions, executablePath }, signal);
    } catch (error) {
      log.warn('WhatsApp Web could not be started', { error });
      return { ending: 'failed', connectedMs: 0 };
    }
  }

  /** One life of the process. */
  async function run(startOptions: StartOptions, signal: AbortSignal) {
    const born = performance.now();
    let because: Ending | undefined;
    let browser = 0;
    let progress = born;
    let connectedAt: number | undefined;
    let looked = born;
    let saveDue = Infinity;
    let misses = 0;

    const link = open(startOptions, hear);

    function hear(event: ChildEvent): void {
      switch (event.type) {
        case 'launched':
          browser = event.browser;
          void profile.note(browser).catch(() => undefined);
          return;
        case 'qr':
        case 'code': {
          progress = performance.now();
          const code = event.type === 'qr' ? { qr: event.qr } : { pairingCode: event.code };
          status.link(code);
          return options.show(code);
        }
        case 'status':
          return event.ready ? connected() : interrupted(event.socket);
        case 'message':
          return options.hear(event.message);
        case 'ack':
          return options.acked(event.id, event.ack);
        case 'ended':
          return interrupted('');
        case 'answer':
        case 'failure':
      }
    }

    function connected(): void {
      const now = performance.now();
      progress = now;
      if (ready === link) return;
      connectedAt ??= now;
      if (saveDue === Infinity) saveDue = now + care.firstSave;
      ready = link;
      options.resume();
      status.go('connected');
      looked = now;
      void options.catchUp().catch(() => (looked = -Infinity));
    }

    function interrupted(socket: string): void {
      if (ready === link) {
        ready = undefined;
        progress = performance.now();
      }
      if (socket === 'CONFLICT') status.go('conflict');
      else if (status.step === 'connected' || status.step === 'conflict') status.go('starting');
    }

    function finish(reason: Ending): void {
      if (because !== undefined) return;
      because = reason;
      // What hangs does not close, and what is another's must not be touched.
      if (reason === 'lost' || reason === 'stuck') return link.kill();
      void Promise.race([options.pause(), sleep(care.heartbeat)]).then(() => link.stop());
    }

    async function beat(): Promise<void> {
      const now = performance.now();
      if (ready !== link) return void (now - progress > care.stuck && finish('stuck'));
      progress = now;
      misses = (await answers()) ? 0 : misses + 1;
      if (misses >= 2) return finish('stuck');
      if (((await profile.memory(browser)) ?? 0) > care.memoryBytes) return finish('memory');
      if (now - born > care.restart) return finish('planned');
      if (now - looked > care.look) await look(now);
      if (now > saveDue) {
        saveDue = now + care.save;
        await session.save();
      }
    }

    async function answers(): Promise<boolean> {
      return link.call('status', {}).then(
        () => true,
        () => false,
      );
    }

    /** A page that has messages of which it said nothing has gone deaf (issue 690 of whatsapp-web.js). */
    async function look(now: number): Promise<void> {
      looked = now;
      if ((await options.catchUp().catch(() => 0)) > 0) finish('deaf');
    }

    const stopNow = (): void => finish('stopped');
    signal.addEventListener('abort', stopNow);
    if (signal.aborted) stopNow();
    const beating = repeat(care.heartbeat, beat);
    // By itself, because a page may keep the other waiting for longer than the lease lasts.
    const holding = repeat(care.heartbeat, async () => {
      if (!(await stillHeld())) finish('lost');
    });
    const reason = await link.ended;
    interrupted('');
    beating.stop();
    holding.stop();
    signal.removeEventListener('abort', stopNow);
    const ending = because ?? reason;
    const connectedMs = connectedAt === undefined ? 0 : performance.now() - connectedAt;
    if (reason === 'logged_out') await session.forget();
    else if (connectedAt !== undefined && ending !== 'lost') await session.save();
    await profile.clear();
    return { ending: reason === 'logged_out' ? reason : ending, connectedMs };
  }

  /** A store that does not answer for a while takes nothing from us; the lease ends by itself. */
  async function stillHeld(): Promise<boolean> {
    try {
      const renewed = await lease.renew();
      lastRenewal = systemClock.now();
      return renewed;
    } catch {
      return systemClock.now() - lastRenewal < care.heartbeat * 3;
    }
  }

  return {
    link: () => ready,
    start() {
      if (current) return;
      status.go('starting');
      const stop = new AbortController();
      const ended = keepRunning(stop.signal).catch((error: unknown) => {
        log.error('the WhatsApp session is not looked after any more', { code: 'channel_failed', error });
        status.go('retrying', 'WhatsApp Web stopped by a fault of Wasl: start Wasl again.');
      });
      current = { stop, ended };
    },
    async stop() {
      current?.stop.abort();
      await current?.ended;
      current = undefined;
      status.go('stopped');
    },
  };
}

function sentenceOf(ending: Ending): string | undefined {
  switch (ending) {
    case 'unreachable':
      return 'web.whatsapp.com cannot be reached; it is tried again.';
    case 'page_unknown':
      return 'web.whatsapp.com shows a page that is not understood. Is it blocked here? Else update Wasl.';
    case 'browser_gone':
    case 'page_crashed':
      return 'The browser of WhatsApp Web ended unexpectedly; it is started again.';
    case 'conflict':
      return 'The WhatsApp session was taken by another browser; it is tried again.';
    case 'lost':
      return 'Another Wasl has taken the WhatsApp session over.';
    default:
      return undefined;
  }
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => undefined);
}

/** One after the other, never two at once. */
function repeat(everyMs: number, work: () => Promise<void>): { stop(): void } {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  const once = async (): Promise<void> => {
    await work().catch(() => undefined);
    if (!stopped) next();
  };
  const next = (): void => {
    timer = setTimeout(() => void once(), everyMs);
  };
  next();
  return {
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
