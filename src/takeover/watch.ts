import { afterWork } from '../core/working-time.js';
import { derivedId } from '../core/ids.js';
import { act } from './act.js';
import type { TakeoverContext } from './context.js';
import type { DeskConversation, DeskStatus } from './desk.js';
import { placed } from './hold.js';
import { lastLines, unansweredSince } from './lines.js';
import { sentence } from './words.js';

const lookLimit = 500;
/** How far back to look for what was not answered. */
const lines = 50;

/**
 * Looks after those who wait: raises who was told an hour and heard nothing, raises whom a colleague has forgotten, and
 * brings back what was put aside. `heard` are conversations that were written to since the last look.
 */
export async function watch(context: TakeoverContext, heard: ReadonlySet<string>): Promise<ReadonlySet<string>> {
  const [waiting, taken, snoozed] = await Promise.all(
    (['waiting', 'taken', 'snoozed'] as const).map((status) => placedAs(context, status)),
  );
  const open = [...waiting!, ...taken!, ...snoozed!];
  for (const { _id } of open) {
    if (heard.has(_id)) await context.events.emit({ type: 'conversation', change: 'message', about: _id });
  }
  for (const record of waiting!) await raiseLate(context, record);
  for (const record of taken!) await raiseForgotten(context, record);
  for (const record of snoozed!) await wake(context, record);
  return new Set(open.map(({ _id }) => _id));
}

const placedAs = ({ conversations }: TakeoverContext, status: DeskStatus): Promise<DeskConversation[]> =>
  conversations.find({ 'desk.status': status }, { sort: { 'desk.since': 1 }, limit: lookLimit });

type Nothing = { type: 'nothing' };

/** The person is told once that nobody has forgotten them. */
async function raiseLate(context: TakeoverContext, { _id, desk }: DeskConversation): Promise<void> {
  if (!desk || desk.raised || desk.answerBy > context.clock.now()) return;
  await act<Nothing>(context, _id, (record) => {
    if (record.desk?.id !== desk.id || record.desk.status !== 'waiting' || record.desk.raised) return nothing;
    const sorry = sentence(context, record, { id: derivedId(desk.id, 'late'), key: 'person.late' });
    return { type: 'step', desk: { ...record.desk, raised: true }, say: [sorry], change: 'raised' };
  });
}

async function raiseForgotten(context: TakeoverContext, { _id, desk }: DeskConversation): Promise<void> {
  if (!desk || desk.raised) return;
  const { working, answerWithin, clock } = context;
  const since = unansweredSince(await lastLines(context.messages, _id, { limit: lines }));
  if (since === null) return;
  if (afterWork(Math.max(since, desk.since), answerWithin, working) > clock.now()) return;
  await act<Nothing>(context, _id, (record) => {
    if (record.desk?.status !== 'taken' || record.desk.since !== desk.since) return nothing;
    return { type: 'step', desk: { ...record.desk, raised: true }, change: 'raised' };
  });
}

/** Since it was put aside; also when whoever took the message died before anybody was told. */
const hasWritten = ({ heardAt, desk }: DeskConversation): boolean =>
  heardAt !== undefined && desk !== undefined && heardAt > desk.since;

async function wake(context: TakeoverContext, record: DeskConversation): Promise<void> {
  const { _id, desk } = record;
  if (!hasWritten(record) && (desk?.until ?? 0) > context.clock.now()) return;
  await act<Nothing>(context, _id, (now) => {
    if (now.desk?.status !== 'snoozed') return nothing;
    return { type: 'step', desk: placed(context, now, { status: 'taken' }), change: 'woken' };
  });
}

const nothing: Nothing = { type: 'nothing' };
