import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Log } from '../../../core/log.js';
import { pack, unpack } from './archive.js';
import type { SessionPort } from './ports.js';

export interface Session {
  /** Before a start: takes the saved session when another machine has saved it since; else the folder's own is newer. */
  restore(): Promise<void>;
  /** Saves it, so that another machine can go on with it. A failure is logged: this machine still has its folder. */
  save(): Promise<void>;
  /** The phone has unlinked us: it is worth nothing any more. */
  forget(): Promise<void>;
}

interface Saved {
  id: string;
  content: AsyncIterable<Uint8Array>;
}

/** What makes up the link to the phone; the rest of a profile is cache. */
const parts = [join('Default', 'IndexedDB'), join('Default', 'Local Storage')];
const noteName = 'wasl-session.id';

/** The session is Chrome's profile folder; a copy of what matters is kept in the store. */
export function createSession(profile: string, port: SessionPort, log: Log): Session {
  const note = join(profile, noteName);
  let saving: Promise<void> = Promise.resolve();

  async function save(): Promise<void> {
    try {
      const id = await port.save(pack(profile, parts));
      await writeFile(note, id);
    } catch (error) {
      log.warn('the WhatsApp session could not be saved', { error });
    }
  }

  return {
    async restore() {
      const own = await readFile(note, 'utf8').catch(() => '');
      const saved = await savedElsewhere(own);
      if (saved) await rm(profile, { recursive: true, force: true });
      await mkdir(profile, { recursive: true, mode: 0o700 });
      if (saved) await fill(saved);
    },
    async save() {
      saving = saving.then(save);
      await saving;
    },
    async forget() {
      await saving;
      await port.forget();
      await rm(profile, { recursive: true, force: true });
    },
  };

  /** Saved anew between the two looks, what was there first is there no more. */
  async function savedElsewhere(own: string): Promise<Saved | undefined> {
    for (let missed: string | undefined; ;) {
      const id = await port.current();
      if (id === undefined || id === own || id === missed) return undefined;
      const content = await port.load(id);
      if (content) return { id, content };
      missed = id;
    }
  }

  async function fill({ id, content }: Saved): Promise<void> {
    try {
      await unpack(content, profile);
      await writeFile(note, id);
    } catch (error) {
      log.error('the saved WhatsApp session is damaged: it must be linked anew', { code: 'channel_failed', error });
      await rm(profile, { recursive: true, force: true });
    }
  }
}
