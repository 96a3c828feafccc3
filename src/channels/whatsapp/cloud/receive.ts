import type { Log } from '../../../core/log.js';
import type { Clock } from '../../../core/clock.js';
import type { Activity } from '../../../core/activity.js';
import { createRecent } from '../../../core/recent.js';
import type { ChannelPorts, DeliveryPorts, DeliveryReport } from '../../channel.js';
import type { Progress } from '../../progress.js';
import { kindOf } from './failure.js';
import { GraphFailure } from './graph.js';
import type { FileFetcher } from './files.js';
import { toInbound, type Inbound } from './inbound.js';
import type { Batch, CloudStatus } from './payload.js';
import { readTag, type Tag } from './tag.js';

export interface ReceiverOptions {
  ports: ChannelPorts & DeliveryPorts;
  fetchFile: FileFetcher;
  progress: Progress;
  clock: Clock;
  log: Log;
  /** Told why a person's file could not be had, when that is our token's fault. */
  failed(error: unknown): void;
}

export interface Receiver {
  /**
   * True when all of it is durable or means nothing to us; false when Meta must send it again. Never rejects. Calls are
   * served in their order, person by person.
   */
  receive(batch: Batch): Promise<boolean>;
  /** Resolves when nothing is under way. */
  idle(): Promise<void>;
}

type Message = Batch['messages'][number];
type InboundWithFile = Extract<Inbound, { type: 'file' }>;

/** Messages with files lately accepted: a repeat need not fetch the file to learn that the mailbox has it. */
const remembered = 10_000;

export function createReceiver({ ports, fetchFile, progress, clock, log, failed }: ReceiverOptions): Receiver {
  const turns = new Map<string, Promise<boolean>>();
  const fetched = createRecent<true>(remembered);

  /** Behind what came for this person before. */
  function inTurn(person: string, messages: readonly Message[]): Promise<boolean> {
    const turn = (turns.get(person) ?? Promise.resolve(true)).then(() => acceptAll(messages));
    turns.set(person, turn);
    return turn.finally(() => {
      if (turns.get(person) === turn) turns.delete(person);
    });
  }

  /** One after another, up to the first that is not taken: the ones behind it must not overtake it. */
  async function acceptAll(messages: readonly Message[]): Promise<boolean> {
    for (const each of messages) if (!(await acceptOne(each))) return false;
    return true;
  }

  async function acceptOne({ message, sender }: Message): Promise<boolean> {
    const inbound = toInbound(message, sender, clock);
    if (inbound.type === 'ignored' || (inbound.type === 'file' && fetched.get(message.id))) return true;
    try {
      const activity = inbound.type === 'file' ? await withFile(inbound) : inbound.activity;
      if ((await ports.accept(activity)).type === 'full') return false;
    } catch (error) {
      if (error instanceof GraphFailure) failed(error);
      log.warn('a message could not be accepted; WhatsApp sends it again', { error });
      return false;
    }
    if (inbound.type === 'file') fetched.set(message.id, true);
    return true;
  }

  const withFile = async ({ activity, file }: InboundWithFile): Promise<Activity> => ({
    ...activity,
    attachments: [await fetchFile(file)],
  });

  async function report(told: CloudStatus): Promise<boolean> {
    const tag = readTag(told.biz_opaque_callback_data);
    if (!tag) return true;
    const { conversation, activityId } = tag;
    if (told.status !== 'failed') progress.reached(tag, tag.part);
    const delivery = deliveryOf(told, tag);
    if (!delivery) return true;
    try {
      return (await ports.reported({ conversation, activityId, delivery })).type !== 'too_early';
    } catch (error) {
      log.warn('a report could not be kept; WhatsApp sends it again', { error });
      return false;
    }
  }

  return {
    async receive({ messages, statuses }) {
      const done = await Promise.all([
        ...[...byPerson(messages)].map(([person, own]) => inTurn(person, own)),
        ...statuses.map(report),
      ]);
      return done.every(Boolean);
    },
    async idle() {
      await Promise.all(turns.values());
    },
  };
}

/** Of a reply in several messages, the last one stands for all, but any of them can be the one that failed. */
function deliveryOf({ status, errors }: CloudStatus, { part, parts }: Tag): DeliveryReport['delivery'] | undefined {
  const isLast = part === parts;
  if (status === 'failed')
    return { status, kind: kindOf(errors?.[0]?.code ?? 0), ...(isLast ? {} : { partly: true as const }) };
  return isLast && (status === 'delivered' || status === 'read') ? { status } : undefined;
}

/** Batches come in any order: each person's messages by their time, then as they stand. */
function byPerson(messages: readonly Message[]): Map<string, Message[]> {
  const people = new Map<string, Message[]>();
  for (const message of messages.toSorted((a, b) => timeOf(a) - timeOf(b))) {
    const own = people.get(message.sender.id) ?? [];
    own.push(message);
    people.set(message.sender.id, own);
  }
  return people;
}

const timeOf = ({ message }: Message): number => message.timestamp ?? 0;
