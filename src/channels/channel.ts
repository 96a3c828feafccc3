import type { Activity, Address, ChannelId, MessageActivity } from '../core/activity.js';
import type { SendErrorKind } from '../core/errors.js';
import type { Route, Upgrade } from '../core/http.js';

/**
 * One way by which people reach the organisation. A channel verifies, parses and translates; it keeps no queue, no
 * retry and no state of its own: the mailbox does that for all of them.
 */
export interface Channel {
  /** Also the `channelId` of its activities. */
  readonly id: ChannelId;
  readonly routes: readonly Route[];
  readonly upgrade?: Upgrade;
  /** Begins to receive. Rejects only when it can never work; an outage is retried and shown in `state()`. */
  start(): Promise<void>;
  /** Takes no more messages. What was accepted is already durable. */
  stop(): Promise<void>;
  /**
   * Hands one reply to the provider; resolves when the provider has it. Rejects with `SendError` and nothing else.
   * No retry here: the mailbox does it.
   */
  send(activity: MessageActivity): Promise<void>;
  state(): ChannelState;
  /** More of it, for staff: what the channel itself knows better than who watches it. */
  details?(): Partial<ChannelDetails>;
  /** How long after a person's last message words of ours that answer nothing are taken; milliseconds. Absent: always. */
  readonly windowMs?: number;
  /** True when people read the transcript itself: what stands there is said, and `send` is not called. */
  readonly readsTranscript?: true;
}

/** What `/readyz`, the start-up lines and the doctor say of a channel. Sample: `{state: "off", reason: "no token"}`. */
export interface ChannelState {
  state: 'on' | 'off' | 'failing';
  /** A sentence for the operator: why it is off or failing, or how it receives. */
  reason: string;
}

/** How a channel is doing. Times are ISO 8601. Sample: `{step: "qr", since: "2026-01-01T…", errors: 0, qr: "2@…", …}`. */
export interface ChannelDetails {
  /** Where it stands; `staff.channel.<step>` of `locales/` says it. */
  step: string;
  since: string;
  connectedSince: string | null;
  lastMessageAt: string | null;
  /** Failures since the start. */
  errors: number;
  /** To be drawn as a QR code and scanned with the phone: links this number to whoever holds it. */
  qr?: string;
  /** To be typed on the phone instead. */
  pairingCode?: string;
}

/** What a channel may ask of the rest of Wasl. Handed in by `app.ts`. */
export interface ChannelPorts {
  /**
   * Makes one inbound activity durable. Only after it has resolved may the provider be told that we have the message;
   * when it rejects, the provider must be told to send again.
   */
  accept(activity: Activity): Promise<Accepted>;
  files: FilePort;
}

/** What a channel asks besides, when its provider reports on deliveries or limits when we may write. */
export interface DeliveryPorts {
  /**
   * What became of a message of ours. Reports may come in any order, repeated, and about messages that are not ours.
   * `too_early`: whether it was sent is not settled yet, so the provider should report again later.
   */
  reported(report: DeliveryReport): Promise<{ type: 'recorded' | 'unknown' | 'too_early' }>;
  /** When the person wrote last, milliseconds; undefined when that is not known. */
  heardAt(conversation: Address['conversation']): Promise<number | undefined>;
}

export interface DeliveryReport {
  conversation: Address['conversation'];
  activityId: string;
  /** `partly`: of a reply that became several messages, one failed whose place no report about the others takes. */
  delivery: { status: 'delivered' | 'read' } | { status: 'failed'; kind: SendErrorKind; partly?: true };
}

export type Accepted =
  /** On disk, or already there: a repeat is not handled twice. */
  | { type: 'accepted' }
  | { type: 'repeated' }
  /** The conversation holds too many messages that wait: the provider should try later. */
  | { type: 'full' };

/** Files that people send. Private; the limits come from the configuration. */
export interface FilePort {
  /**
   * Stores a file. Type is decided by content. Rejects with `AppError` `file_refused` when it is too large, of a type
   * that is not allowed, or broken off.
   */
  save(content: AsyncIterable<Uint8Array>, about: { name: string }): Promise<StoredFile>;
  open(id: string): Promise<{ file: StoredFile; content: AsyncIterable<Uint8Array> } | undefined>;
}

/** `contentUrl` of an attachment is `wasl-file:<id>`. */
export interface StoredFile {
  id: string;
  name: string;
  contentType: string;
  /** Bytes. */
  size: number;
}

/** A conversation as a client that reads along sees it: web chat is a view of the transcript. */
export interface TranscriptPort {
  /** Activities after `sequence`, in order, at most `limit`. Inbound and replies; each has its place once and for ever. */
  read(conversation: Address['conversation'], sequence: number, limit: number): Promise<TranscriptEntry[]>;
  /** Calls `wake` when something was added; returns how to stop. A missed call is harmless: readers look again. */
  subscribe(conversation: Address['conversation'], wake: () => void): () => void;
}

export interface TranscriptEntry {
  /** 1, 2, 3 … within the conversation, without gaps. */
  sequence: number;
  activity: Activity;
}
