import library from 'whatsapp-web.js';
import type { StartOptions } from '../protocol.js';

/** The part of the library's Client that we use, so that a test can bring its own. */
export interface WebClient {
  // oxlint-disable-next-line typescript/no-explicit-any -- as the library's own
  on(name: string, listener: (...values: any[]) => void): unknown;
  initialize(): Promise<void>;
  destroy(): Promise<void>;
  sendMessage(chat: string, content: unknown, options: object): Promise<Sent | null | undefined>;
  getMessageById(id: string): Promise<{ downloadMedia(): Promise<{ data: string } | undefined> } | null>;
  /** Null until the browser runs. */
  pupPage: WebPage | null | undefined;
}

export interface Sent {
  id: { _serialized: string };
}

type Browser = NonNullable<library.Client['pupBrowser']>;
type Page = NonNullable<library.Client['pupPage']>;
export type WebPage = Pick<Page, 'evaluate' | 'metrics'>;

export interface ClientHooks {
  /** The browser runs; its page is still empty. */
  launched(browser: number): void;
  browserGone(): void;
  pageCrashed(): void;
  /** The page begins anew: what was in it is gone. */
  navigated(): void;
}

export type OpenClient = (options: StartOptions, hooks: ClientHooks) => WebClient;

export const openClient: OpenClient = (options, hooks) => {
  const { profile, executablePath, args, pairWith, page, timing } = options;
  const client = new library.Client({
    authStrategy: keepProfile(profile, hooks),
    puppeteer: {
      executablePath,
      headless: true,
      // The browser ends by itself when this process does, also by SIGKILL, and listens on no port.
      pipe: true,
      args: [...args, '--disable-dev-shm-usage', '--disable-gpu', '--no-first-run'],
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
      userDataDir: profile,
    },
    authTimeoutMs: timing.load,
    takeoverOnConflict: true,
    takeoverTimeoutMs: timing.takeover,
    ...(pairWith === null ? {} : { pairWithPhoneNumber: { phoneNumber: pairWith } }),
    ...(page === null
      ? { webVersionCache: { type: 'none' as const } }
      : { webVersion: page.version, webVersionCache: { type: 'local' as const, path: page.path, strict: true } }),
  });
  return client as unknown as WebClient;
};

const nothing = async (): Promise<void> => undefined;

/**
 * The library asks this whenever it wants a session kept or dropped. It keeps nothing and drops nothing: the profile
 * folder is the session, and the bot decides what becomes of it. Its own RemoteAuth deletes it on a mere CONFLICT.
 */
function keepProfile(profile: string, hooks: ClientHooks) {
  let client: { pupBrowser?: Browser; pupPage?: Page } = {};
  return {
    setup(owner: typeof client) {
      client = owner;
    },
    beforeBrowserInitialized: nothing,
    async afterBrowserInitialized() {
      const { pupBrowser: browser, pupPage: page } = client;
      hooks.launched(browser?.process()?.pid ?? 0);
      browser?.once('disconnected', () => hooks.browserGone());
      page?.once('error', () => hooks.pageCrashed());
      page?.on('framenavigated', (frame) => {
        if (frame === page.mainFrame()) hooks.navigated();
      });
    },
    onAuthenticationNeeded: async () => ({ failed: false, restart: false, failureEventPayload: undefined }),
    getAuthEventPayload: async () => undefined,
    afterAuthReady: nothing,
    disconnect: nothing,
    destroy: nothing,
    logout: nothing,
    userDataDir: profile,
  };
}

/** A file as the library sends it. */
export const asMedia = (content: Uint8Array, { name, type }: { name: string; type: string }): object =>
  new library.MessageMedia(type, Buffer.from(content).toString('base64'), name, content.length);
