import type {
  Accepted,
  Channel,
  ChannelPorts,
  StoredFile,
  TranscriptEntry,
  TranscriptPort,
} from '../../../src/channels/channel.js';
import { conversationKey, type Activity, type MessageActivity } from '../../../src/core/activity.js';

/** Keeps its transcript as the mailbox does: what came in, then each reply after the channel has taken it. */
export interface FakeMailbox {
  ports: ChannelPorts;
  transcript: TranscriptPort;
  accepted: Activity[];
  messages(): MessageActivity[];
  /** Writes into the transcript and wakes who reads along. */
  record(activity: Activity): void;
  /** The bot says something by itself. */
  says(conversation: string, reply?: Partial<MessageActivity>): Promise<void>;
  /** The next accepts answer this. */
  refuse(count: number, refusal: Error | Accepted): void;
  /** The transcript cannot be read until it is back. */
  storeAway: boolean;
  /** Nobody is told of what is added: another process wrote it. */
  silent: boolean;
  files: Map<string, { file: StoredFile; bytes: Buffer }>;
  refuseFiles: Error | undefined;
  /** How many pieces of files have arrived. */
  saving: number;
  channel: Channel | undefined;
}

export function createFakeMailbox(): FakeMailbox {
  const transcripts = new Map<string, TranscriptEntry[]>();
  const wakes = new Map<string, Set<() => void>>();
  const refusals: (Error | Accepted)[] = [];
  let replies = 0;

  const entriesOf = (key: string): TranscriptEntry[] => {
    const entries = transcripts.get(key) ?? [];
    transcripts.set(key, entries);
    return entries;
  };

  function record(activity: Activity): void {
    const key = conversationKey(activity);
    const entries = entriesOf(key);
    entries.push({ sequence: entries.length + 1, activity });
    if (!mailbox.silent) wakes.get(key)?.forEach((wake) => wake());
  }

  async function reply(to: Activity, patch: Partial<MessageActivity> = {}): Promise<void> {
    const { channelId, conversation, from } = to;
    const common = { channelId, conversation, from, role: 'bot' as const, timestamp: '2026-01-01T00:00:00.000Z' };
    replies += 1;
    const activity: MessageActivity = {
      ...common,
      type: 'message',
      id: `reply-${replies}`,
      replyToId: to.id,
      ...patch,
    };
    await mailbox.channel?.send(activity);
    record(activity);
  }

  const mailbox: FakeMailbox = {
    accepted: [],
    record,
    messages: () => mailbox.accepted.filter((activity) => activity.type === 'message'),
    storeAway: false,
    silent: false,
    files: new Map(),
    refuseFiles: undefined,
    saving: 0,
    channel: undefined,
    refuse: (count, refusal) => void refusals.push(...Array.from({ length: count }, () => refusal)),

    async says(conversation, patch) {
      const [to] = mailbox.accepted.filter((activity) => activity.conversation.id === conversation);
      if (to) await reply(to, patch);
    },

    ports: {
      async accept(activity) {
        const refusal = refusals.shift();
        if (refusal instanceof Error) throw refusal;
        if (refusal) return refusal;
        const known = entriesOf(conversationKey(activity)).some((entry) => entry.activity.id === activity.id);
        if (known) return { type: 'repeated' };
        mailbox.accepted.push(activity);
        record(activity);
        if (activity.type === 'conversationUpdate') await reply(activity, { text: 'حياك الله' });
        if (activity.type === 'message')
          await reply(activity, { text: `وصل: ${activity.text ?? activity.value ?? ''}` });
        return { type: 'accepted' };
      },
      files: {
        async save(content, { name }) {
          const chunks: Uint8Array[] = [];
          for await (const chunk of content) {
            mailbox.saving += 1;
            if (mailbox.refuseFiles) throw mailbox.refuseFiles;
            chunks.push(chunk);
          }
          const bytes = Buffer.concat(chunks);
          const contentType = bytes.subarray(1, 4).toString() === 'PNG' ? 'image/png' : 'application/pdf';
          const file = { id: `file-${mailbox.files.size + 1}`, name, contentType, size: bytes.length };
          mailbox.files.set(file.id, { file, bytes });
          return file;
        },
        async open(id) {
          const found = mailbox.files.get(id);
          return found && { file: found.file, content: once(found.bytes) };
        },
      },
    },

    transcript: {
      async read({ id }, sequence, limit) {
        if (mailbox.storeAway) throw new Error('the store is away');
        return entriesOf(`webchat/${id}`).slice(sequence, sequence + limit);
      },
      subscribe({ id }, wake) {
        const key = `webchat/${id}`;
        const here = wakes.get(key) ?? new Set();
        wakes.set(key, here.add(wake));
        return () => here.delete(wake);
      },
    },
  };
  return mailbox;
}

async function* once(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes;
}
