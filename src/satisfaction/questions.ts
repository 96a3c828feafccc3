import type { Activity, Address } from '../core/activity.js';
import { day, hour, isoTime, type Clock } from '../core/clock.js';
import { derivedId } from '../core/ids.js';
import { invitedEvent, remindedEvent, type Invitation } from '../conversation/survey/ask.js';
import type { ScaleSurvey, SurveyStage } from '../flows/survey-schema.js';
import type { Collection, Document } from '../store/collection.js';
import { insertOnce } from '../store/insert-once.js';
import type { ListenerRecord } from './listeners.js';

/** That somebody is to be asked, or was. Whether and what they have answered is nowhere in it. */
export interface QuestionRecord extends Document {
  /** The occasion. */
  _id: string;
  conversation: string;
  stage: SurveyStage;
  service: string | null;
  at: number;
  /** When it was put; milliseconds, null before and when it never was. */
  askedAt: number | null;
  /** When somebody should look at it next; null when never. */
  due: number | null;
}

/** A chat, as far as whoever asks must know it. */
export interface Chat {
  address: Address;
  /** The bot has it, no form is being answered, and the channel takes words of ours. */
  free: boolean;
  /** The occasion of the question that waits for an answer. */
  waits: string | null;
}

export interface QuestionsContext {
  questions: Collection<QuestionRecord>;
  listeners: Collection<ListenerRecord>;
  scale: ScaleSurvey | undefined;
  clock: Clock;
  /** The first moment at or after this one at which people may be disturbed. */
  afterQuiet(ms: number): number;
  chat(conversation: string): Promise<Chat | undefined>;
  /** All chats of whoever writes in this one, itself among them. */
  chatsOf(conversation: string): Promise<string[]>;
  /** Brings an event to a chat while it is free, once for each id; false when it is not. */
  hear(conversation: string, activity: Activity): Promise<boolean>;
}

/** Who is busy is looked at again after so long, and not for ever. */
const busyWait = 2 * hour;
const giveUp = 7 * day;
const lookLimit = 200;

/** Plans to ask somebody, once for each occasion. */
export async function plan(
  { questions, scale, clock, afterQuiet }: QuestionsContext,
  { occasion, ...about }: Pick<QuestionRecord, 'conversation' | 'stage' | 'service'> & { occasion: string },
): Promise<void> {
  if (!scale) return;
  const at = clock.now();
  const due = afterQuiet(at + scale.about[about.stage].after * hour);
  await insertOnce(questions, { _id: occasion, ...about, at, askedAt: null, due });
}

/** Asks whom it is time to ask, and reminds once of what was not answered. */
export async function askDue(context: QuestionsContext): Promise<void> {
  const { questions, scale, clock } = context;
  if (!scale) return;
  const now = clock.now();
  const due = await questions.find({ due: { $lte: now } }, { sort: { due: 1 }, limit: lookLimit });
  for (const question of due)
    await (question.askedAt === null ? ask(context, scale, question) : remind(context, question));
}

async function ask(context: QuestionsContext, scale: ScaleSurvey, question: QuestionRecord): Promise<void> {
  const { clock, afterQuiet } = context;
  const { _id: occasion, conversation, stage, service } = question;
  const now = clock.now();
  const quietUntil = afterQuiet(now);
  if (quietUntil > now) return look(context, question, { due: quietUntil });
  const chat = await context.chat(conversation);
  if (!chat || now > question.at + scale.about[stage].after * hour + giveUp)
    return look(context, question, { due: null });
  if (!(await mayAsk(context, scale, conversation))) return look(context, question, { due: null });
  const until = now + scale.limits.lapses * day;
  const put = chat.free && (await context.hear(conversation, event(context, chat, {
    id: derivedId(occasion, 'invited'),
    name: invitedEvent,
    value: { occasion, stage, service, until } satisfies Invitation,
  }))); // prettier-ignore
  if (!put) return look(context, question, { due: afterQuiet(now + busyWait) });
  return look(context, question, { askedAt: now, due: afterQuiet(now + scale.limits.reminds * day) });
}

/** Not more often than people can bear, in all their chats together, and nobody who has had enough in one of them. */
async function mayAsk(
  { questions, listeners, clock, chatsOf }: QuestionsContext,
  { limits }: ScaleSurvey,
  conversation: string,
): Promise<boolean> {
  const now = clock.now();
  const chats = await chatsOf(conversation);
  const since = async (days: number): Promise<number> => {
    const askedAt = { $gt: now - days * day };
    const counts = await Promise.all(chats.map((chat) => questions.count({ conversation: chat, askedAt })));
    return counts.reduce((sum, count) => sum + count, 0);
  };
  if ((await since(30)) >= limits.perMonth || (await since(limits.apart)) > 0) return false;
  return wantsQuestions(listeners, chats);
}

const wantsQuestions = async (listeners: QuestionsContext['listeners'], chats: string[]): Promise<boolean> =>
  (await listeners.find({ _id: { $in: chats } })).every(({ stopped }) => !stopped);

async function remind(context: QuestionsContext, question: QuestionRecord): Promise<void> {
  const { clock, afterQuiet } = context;
  const { _id: occasion, conversation } = question;
  const now = clock.now();
  if (afterQuiet(now) > now) return look(context, question, { due: afterQuiet(now) });
  const chat = await context.chat(conversation);
  const wanted = await wantsQuestions(context.listeners, await context.chatsOf(conversation));
  if (chat?.waits === occasion && chat.free && wanted) {
    const reminder = { id: derivedId(occasion, 'reminded'), name: remindedEvent, value: { occasion } };
    await context.hear(conversation, event(context, chat, reminder));
  }
  return look(context, question, { due: null });
}

/** Only as it was read: of two processes that look at it at once, the second changes nothing. */
async function look(
  { questions }: QuestionsContext,
  { _id, due }: QuestionRecord,
  $set: Partial<QuestionRecord>,
): Promise<void> {
  await questions.findOneAndUpdate({ _id, due }, { $set });
}

const event = (
  { clock }: QuestionsContext,
  { address }: Chat,
  own: { id: string; name: string; value: unknown },
): Activity => ({ ...address, ...own, type: 'event', timestamp: isoTime(clock), role: 'staff' });
