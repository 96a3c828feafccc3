import { fork, type ChildProcess } from 'node:child_process';
import { killBrowser } from './browser-process.js';
import { event, parseAnswer } from './protocol.js';
import type { Answer, Ask, CallFailure, CallName, ChildEvent, Command, EndReason, StartOptions } from './protocol.js';

/** The way to the process that runs whatsapp-web.js. */
export interface Link {
  /** Rejects with `CallFailed` and nothing else. */
  call<N extends CallName>(name: N, ask: Ask<N>): Promise<Answer<N>>;
  /** Resolves when the process and its browser are gone, by whatever way. */
  readonly ended: Promise<EndReason>;
  /** Asks it to close; what does not close in time is killed. */
  stop(): void;
  kill(): void;
}

export type OpenLink = (options: StartOptions, hear: (event: ChildEvent) => void) => Link;

export class CallFailed extends Error {
  override name = 'CallFailed';

  constructor(readonly failure: CallFailure) {
    super(`WhatsApp's page did not carry it out: ${failure}`);
  }
}

/** More than the process itself allows a call, and more than it allows the browser to close. */
const graceMs = 3_000;
const stopMs = 8_000;

/** Runs `program` (`child/main.js`) as a process of its own, whose crash or hanging is no affair of the bot's. */
export function forkedLink(program: string): OpenLink {
  return (options, hear) => {
    // Its own process group: a Ctrl+C in the terminal is for the bot, which then closes the browser in order.
    const child = fork(program, [], {
      execArgv: [],
      serialization: 'advanced',
      detached: true,
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    const waiting = new Map<number, (heard: ChildEvent | undefined) => void>();
    let last: EndReason = 'failed';
    let browser = 0;
    let calls = 0;

    const ended = exitOf(child).then(async () => {
      for (const answer of waiting.values()) answer(undefined);
      if (browser !== 0) await killBrowser(browser);
      return last;
    });

    child.on('message', (message) => {
      const { data } = event.safeParse(message);
      if (!data) return;
      if (data.type === 'answer' || data.type === 'failure') waiting.get(data.id)?.(data);
      if (data.type === 'launched') browser = data.browser;
      if (data.type === 'ended') {
        last = data.reason;
        killLater(child);
      }
      hear(data);
    });
    child.on('error', () => child.kill('SIGKILL'));
    tell(child, { type: 'start', options });

    return {
      ended,
      kill: () => void child.kill('SIGKILL'),
      stop() {
        tell(child, { type: 'stop' });
        killLater(child);
      },
      async call(name, ask) {
        const id = (calls += 1);
        const heard = await new Promise<ChildEvent | undefined>((resolve) => {
          const timer = setTimeout(resolve, options.timing.call + graceMs, undefined);
          waiting.set(id, (answer) => {
            clearTimeout(timer);
            resolve(answer);
          });
          if (!tell(child, { type: 'call', id, name, ask })) resolve({ type: 'failure', id, failure: 'not_ready' });
        });
        waiting.delete(id);
        if (heard?.type === 'answer') return parsed(name, heard.answer);
        throw new CallFailed(heard?.type === 'failure' ? heard.failure : child.connected ? 'timeout' : 'gone');
      },
    };
  };
}

function parsed<N extends CallName>(name: N, answer: unknown): Answer<N> {
  try {
    return parseAnswer(name, answer);
  } catch {
    throw new CallFailed('failed');
  }
}

/** False when there is nobody to tell any more. */
function tell(child: ChildProcess, command: Command): boolean {
  if (!child.connected) return false;
  child.send(command, () => undefined);
  return true;
}

const exitOf = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => child.pid === undefined && resolve());
  });

function killLater(child: ChildProcess): void {
  const timer = setTimeout(() => child.kill('SIGKILL'), stopMs);
  child.once('exit', () => clearTimeout(timer));
}
