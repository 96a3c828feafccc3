import { z } from 'zod';

/**
 * What the bot and the process that runs whatsapp-web.js say to each other over IPC (structured clone, so bytes stay
 * bytes). Both ends parse what they hear: a page that changed its shapes ends in a failed call, not in the mailbox.
 */

/** The first thing that the process is told. */
export const startOptions = z.object({
  /** Chrome's user data folder; the link to the phone lives in it. */
  profile: z.string(),
  executablePath: z.string(),
  args: z.array(z.string()),
  /** International, digits only: then a pairing code is asked for instead of a QR code. */
  pairWith: z.string().nullable(),
  /** A page served from `path/<version>.html` in place of WhatsApp's own. */
  page: z.object({ version: z.string(), path: z.string() }).nullable(),
  /** Milliseconds. */
  timing: z.object({ watch: z.number(), call: z.number(), load: z.number(), takeover: z.number() }),
});
export type StartOptions = z.infer<typeof startOptions>;

/** Seconds since 1970, of a day that there is. */
export const time = z.number().min(0).max(8.64e12);

/** One message as it came, reduced to what is read. Sample: see `test/channels/whatsapp/web/inbound.test.ts`. */
export const wireMessage = z.object({
  /** WhatsApp's own, the same whenever the message is seen again: `false_966…@c.us_3A…`. */
  id: z.string().min(1),
  /** `…@c.us` or `…@lid`. Neither is taken for a phone number. */
  chat: z.string().min(1),
  type: z.string(),
  text: z.string(),
  at: time,
  name: z.string().optional(),
  media: z.object({ name: z.string().optional(), type: z.string().optional(), size: z.number().optional() }).optional(),
  location: z.object({ latitude: z.number().min(-90).max(90), longitude: z.number().min(-180).max(180) }).optional(),
  vcards: z.array(z.string()).optional(),
});
export type WireMessage = z.infer<typeof wireMessage>;

const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array);

const calls = {
  /** Is it there? The page answers. */
  status: { ask: z.object({}), answer: z.object({ socket: z.string(), ready: z.boolean(), heapBytes: z.number() }) },
  typing: { ask: z.object({ chat: z.string() }), answer: z.null() },
  seen: { ask: z.object({ chat: z.string() }), answer: z.null() },
  /** `id` is null when WhatsApp knows no such chat. */
  send_text: { ask: z.object({ chat: z.string(), text: z.string() }), answer: z.object({ id: z.string().nullable() }) },
  send_file: {
    ask: z.object({ chat: z.string(), name: z.string(), contentType: z.string(), content: bytes }),
    answer: z.object({ id: z.string().nullable() }),
  },
  /** Ids of our own messages of that text or file name since then (seconds), the oldest first; any of our pictures. */
  find_sent: {
    ask: z.object({
      chat: z.string(),
      since: z.number(),
      text: z.string().optional(),
      file: z.string().optional(),
      picture: z.boolean().optional(),
    }),
    answer: z.array(z.string()),
  },
  /** Messages of people since then (seconds), the oldest first. */
  missed: { ask: z.object({ since: z.number() }), answer: z.array(wireMessage) },
  /** Null when WhatsApp does not have it any more. */
  media: { ask: z.object({ id: z.string() }), answer: z.object({ content: bytes }).nullable() },
} as const;

/** Shown in the chat, and kept by WhatsApp without a name; other files are documents. */
export const isPicture = (contentType: string): boolean => contentType.startsWith('image/');

export type CallName = keyof typeof calls;
export type Ask<N extends CallName> = z.infer<(typeof calls)[N]['ask']>;
export type Answer<N extends CallName> = z.infer<(typeof calls)[N]['answer']>;

export const callNames = Object.keys(calls) as CallName[];
export const parseAsk = <N extends CallName>(name: N, ask: unknown): Ask<N> => calls[name].ask.parse(ask) as Ask<N>;
export const parseAnswer = <N extends CallName>(name: N, answer: unknown): Answer<N> =>
  calls[name].answer.parse(answer) as Answer<N>;

export const command = z.discriminatedUnion('type', [
  z.object({ type: z.literal('start'), options: startOptions }),
  z.object({ type: z.literal('call'), id: z.number(), name: z.enum(callNames), ask: z.unknown() }),
  /** Closes the browser and ends. */
  z.object({ type: z.literal('stop') }),
]);
export type Command = z.infer<typeof command>;

/** `not_ready`: nothing was tried. With the others it is not known whether the page did it. */
export const callFailures = ['not_ready', 'timeout', 'failed', 'gone'] as const;
export type CallFailure = (typeof callFailures)[number];

export const endReasons = [
  'stopped',
  'logged_out',
  'conflict',
  'browser_gone',
  'page_crashed',
  'page_unknown',
  'unreachable',
  'failed',
] as const;
export type EndReason = (typeof endReasons)[number];

export const event = z.discriminatedUnion('type', [
  z.object({ type: z.literal('launched'), browser: z.number() }),
  z.object({ type: z.literal('qr'), qr: z.string() }),
  z.object({ type: z.literal('code'), code: z.string() }),
  /** Said whenever it changes. `ready`: listens, and can send. */
  z.object({ type: z.literal('status'), ready: z.boolean(), socket: z.string() }),
  z.object({ type: z.literal('message'), message: wireMessage }),
  /** How far a message of ours has come: `MessageAck` of the library. */
  z.object({ type: z.literal('ack'), id: z.string(), ack: z.int() }),
  z.object({ type: z.literal('answer'), id: z.number(), answer: z.unknown() }),
  z.object({ type: z.literal('failure'), id: z.number(), failure: z.enum(callFailures) }),
  /** The last word. The process ends by itself. */
  z.object({ type: z.literal('ended'), reason: z.enum(endReasons) }),
]);
export type ChildEvent = z.infer<typeof event>;
