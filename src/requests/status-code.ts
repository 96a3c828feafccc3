import type { FormSubmitted } from '../conversation/effects.js';
import { hour, minute } from '../core/clock.js';
import { derivedId } from '../core/ids.js';
import { formatDates } from '../language/dates.js';
import { isolate } from '../language/direction.js';
import { latinDigits } from '../language/normalise.js';
import { insertOnce } from '../store/insert-once.js';
import { changing } from './change.js';
import { sees } from './chats.js';
import type { RequestsContext } from './context.js';
import { linkChat, sendLinkCode } from './linking.js';
import type { CodeRecord, RequestRecord } from './record.js';
import { answerIn, sayIn, type Asked as Turn } from './said.js';

type Asked = Turn & { effect: FormSubmitted };

const validFor = 15 * minute;
const window = hour;
/** Codes that one conversation, and one request, may have sent within an hour; wrong codes that lock. */
const mostSent = 3;
const mostWrong = 5;

/**
 * Sends a one-time code for a request that somebody asks about from another chat: to the chat in which it is followed, or
 * to all chats of its person when the code is to link this one to them. Whoever asks hears the same, whether the
 * reference is anybody's or not.
 */
export async function sendCode(context: RequestsContext, asked: Asked, opens: 'status' | 'link'): Promise<void> {
  const { requests, codes, seal } = context;
  const reference = String(asked.effect.answers['reference']);
  const request = await requests.findOne({ reference });
  // Derived, so that a repeated turn sends the same.
  const code = digitsFrom(seal.hash(`code ${asked.id}`));
  if (request && opens === 'status' && (await sees(context, request, asked.conversation))?.whole) {
    return say(context, asked, statusWords(context, request, asked.effect.locale));
  }
  const chat = opens === 'link' ? await context.chats.of(asked.conversation) : undefined;
  if (request && chat?.beneficiary === request.beneficiary) return answerIn(context, asked, 'request.link.already');
  const allowed = await counts(context, { key: keyOf(asked.conversation), at: asked.at });
  const open = request && allowed && (await counts(context, { key: keyOf(reference), at: asked.at }));
  if (open) {
    const tell = opens === 'link' ? sendLinkCode : tellCode;
    await tell(context, { request, code, asked });
    const change = { reference, opens, hash: seal.hash(code), expires: asked.at + validFor };
    await codes.findOneAndUpdate({ _id: keyOf(asked.conversation) }, { $set: change });
  }
  await answerIn(context, asked, opens === 'link' ? 'request.link.promised' : 'request.code.promised');
}

/** Does what a code was sent for, once it is typed; a wrong one counts, and five lock for the hour and call staff. */
export async function takeCode(context: RequestsContext, asked: Asked): Promise<void> {
  const { codes, requests, seal } = context;
  const { locale } = asked.effect;
  const key = keyOf(asked.conversation);
  const typed = seal.hash(digitsOf(String(asked.effect.answers['code'])));
  const used =
    (await codes.findOneAndUpdate(
      { _id: key, hash: typed, expires: { $gt: asked.at }, wrong: { $lt: mostWrong } },
      { $set: { hash: null, wrong: 0, usedBy: asked.id } },
    )) ?? (await codes.findOne({ _id: key, usedBy: asked.id }));
  const request = used?.reference ? await requests.findOne({ reference: used.reference }) : undefined;
  if (request && used?.opens === 'link')
    return linkChat(context, asked, { beneficiary: request.beneficiary, how: 'code' });
  if (request) return say(context, asked, statusWords(context, request, locale));
  const record = await codes.findOneAndUpdate({ _id: key }, { $inc: { wrong: 1 } });
  const locked = (record?.wrong ?? 0) >= mostWrong;
  if (record?.wrong === mostWrong) await alarm(context, asked);
  await answerIn(context, asked, locked ? 'request.code.locked' : 'request.code.wrong');
}

/** Counts one more code for a key; false when there were enough within the hour, or wrong ones have locked it. */
async function counts({ codes }: RequestsContext, { key, at }: { key: string; at: number }): Promise<boolean> {
  const fresh: CodeRecord = {
    _id: key,
    reference: null,
    hash: null,
    wrong: 0,
    sent: 1,
    since: at,
    expires: at + window,
  };
  const known = await codes.findOne({ _id: key });
  if (!known) return insertOnce(codes, fresh);
  if (known.since + window <= at) {
    const { _id, ...anew } = fresh;
    return (await codes.findOneAndUpdate({ _id: key, since: known.since }, { $set: anew })) !== undefined;
  }
  const more = { _id: key, sent: { $lt: mostSent }, wrong: { $lt: mostWrong } };
  return (await codes.findOneAndUpdate(more, { $inc: { sent: 1 } })) !== undefined;
}

const tellCode = (
  context: RequestsContext,
  { request, code, asked }: { request: RequestRecord; code: string; asked: Asked },
) =>
  changing(context, { _id: request._id }, ({ locale }) => ({
    type: 'change',
    event: { id: asked.id, at: asked.at, by: 'system', type: 'code_sent' },
    tell: { kind: 'code', id: asked.id, more: { code: locale === 'ar' ? isolate(code) : code } },
  }));

const alarm = ({ task }: RequestsContext, { id, conversation }: Asked) =>
  task({ id: derivedId(id, 'locked'), kind: 'locked_code', conversation, reason: 'five wrong codes' });

function statusWords({ t }: RequestsContext, request: RequestRecord, locale: 'ar' | 'en'): string {
  const { reference, status, answerNotBefore } = request;
  const words = { reference: locale === 'ar' ? isolate(reference) : reference };
  return [
    t(locale, 'request.code.status', words),
    t(locale, `request.status.${status}`, formatDates(answerNotBefore, locale)),
  ].join('\n');
}

const say = (context: RequestsContext, { id, address, effect }: Asked, text: string): Promise<void> =>
  sayIn(context, derivedId(id, 'said'), { address, locale: effect.locale, text });

const keyOf = (what: string): string => derivedId('code', what);

/** Six digits out of a hash. */
const digitsFrom = (hash: string): string =>
  String(Buffer.from(hash, 'base64url').readUInt32BE(0) % 1_000_000).padStart(6, '0');

const digitsOf = (text: string): string => latinDigits(text).replace(/\D/g, '');
