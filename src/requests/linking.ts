import type { Address } from '../core/activity.js';
import { derivedId } from '../core/ids.js';
import { isolate } from '../language/direction.js';
import { changing } from './change.js';
import { moveHome, type Leaving } from './move-home.js';
import type { Chat, RequestsContext } from './context.js';
import { isUnsigned } from './facts.js';
import type { RequestRecord } from './record.js';
import { answerIn, formButton, sayIn, type Asked } from './said.js';

/**
 * Sends the code that links a chat to the chats that are the person's: never to one that has only the reference. Who has
 * none is written to where they were first named.
 */
export async function sendLinkCode(
  context: RequestsContext,
  { request, code, asked }: { request: RequestRecord; code: string; asked: Asked },
): Promise<void> {
  for (const { address, locale } of await provingChats(context, request)) {
    const words = { code: locale === 'ar' ? isolate(code) : code, channel: channelName(context, asked, locale) };
    const text = context.t(locale, 'request.link.code', words);
    await sayIn(context, derivedId(asked.id, 'code', address.channelId, address.conversation.id), { address, locale, text }); // prettier-ignore
  }
  const { id, at } = asked;
  await changing(context, { _id: request._id }, () => ({
    type: 'change',
    event: { id, at, by: 'system', type: 'code_sent', about: 'link' },
  }));
}

async function provingChats(
  { chats }: RequestsContext,
  { beneficiary, conversation, address, locale }: RequestRecord,
): Promise<{ address: Address; locale: 'ar' | 'en' }[]> {
  const own = await chats.ofPerson(beneficiary);
  if (own.length > 0) return own;
  return (await chats.isOrigin(conversation, beneficiary)) ? [{ address, locale }] : [];
}

/** Makes this chat the person's, tells it, and tells their other chats how to undo it. */
export async function linkChat(
  context: RequestsContext,
  asked: Asked,
  { beneficiary, how }: Pick<Chat, 'beneficiary' | 'how'>,
): Promise<void> {
  const { id, conversation, address, at, effect } = asked;
  const { locale } = effect;
  const chat: Chat = { _id: conversation, beneficiary, address, locale, at, how };
  if ((await context.chats.link(chat)) === 'taken') {
    return answerIn(context, asked, 'request.link.taken', {
      actions: formButton(context, { opens: 'unlink', locale }),
    });
  }
  const newest = { sort: { submittedAt: -1 }, limit: 1 } as const;
  const [request] = await context.requests.find({ beneficiary, submittedAt: { $gt: 0 } }, newest);
  await changing(context, { _id: request?._id ?? '' }, () => ({
    type: 'change',
    event: { id: derivedId(id, 'linked'), at, by: 'applicant', type: 'chat_linked', about: address.channelId },
  }));
  await tellOthers(context, asked, beneficiary);
  await answerLinked(context, asked, beneficiary);
}

async function tellOthers(context: RequestsContext, asked: Asked, beneficiary: string): Promise<void> {
  const others = (await context.chats.ofPerson(beneficiary)).filter(({ _id }) => _id !== asked.conversation);
  for (const { _id, address, locale } of others) {
    const text = context.t(locale, 'request.link.told', { channel: channelName(context, asked, locale) });
    const actions = formButton(context, { opens: 'unlink', locale });
    await sayIn(context, derivedId(asked.id, 'told', _id), { address, locale, text, actions });
  }
}

/** Says that it is done, and what staff have written down meanwhile, which waits for the person's own yes. */
async function answerLinked(context: RequestsContext, asked: Asked, beneficiary: string): Promise<void> {
  const { address, effect } = asked;
  const { locale } = effect;
  const newest = { sort: { submittedAt: -1 }, limit: 20 } as const;
  const all = await context.requests.find({ beneficiary, submittedAt: { $gt: 0 } }, newest);
  const unsigned = all.filter((one) => one.opened.via !== 'chat' && isUnsigned(context, one));
  const lines = unsigned.map(({ reference }) =>
    context.t(locale, 'request.link.unsigned', { reference: locale === 'ar' ? isolate(reference) : reference }),
  );
  await sayIn(context, derivedId(asked.id, 'said'), {
    address,
    locale,
    text: [context.t(locale, 'request.link.done'), ...lines].join('\n\n'),
    actions: unsigned.map(({ form, reference }) => ({
      type: 'postBack',
      title: context.t(locale, 'request.action.sign'),
      value: `start:${form.id}:${reference}`,
    })),
  });
}

/** Links by the person's own number, which the channel vouches for, when it is exactly one person's. */
export async function linkByNumber(
  context: RequestsContext,
  asked: Asked & { effect: { phone: string; locale: 'ar' | 'en' } },
): Promise<void> {
  const [beneficiary, ...more] = await context.withMobile(asked.effect.phone);
  if (beneficiary !== undefined && more.length === 0) {
    return linkChat(context, asked, { beneficiary, how: 'shared_contact' });
  }
  const { locale } = asked.effect;
  await answerIn(context, asked, 'request.link.unknownNumber', {
    actions: formButton(context, { opens: 'link', locale }),
  });
}

/** The person's own word: this chat forgets them, or all their other chats do. */
export async function unlinkChats(context: RequestsContext, asked: Asked, which: 'this' | 'others'): Promise<void> {
  const { id, at, conversation } = asked;
  const chat = await context.chats.of(conversation);
  if (!chat) return answerIn(context, asked, 'request.unlink.none');
  const { beneficiary } = chat;
  const leaving = (await context.chats.ofPerson(beneficiary)).filter(({ _id }) => (_id === conversation) === (which === 'this')); // prettier-ignore
  // The chat is let go last: who dies in between finds it again and goes on.
  await answerIn(context, asked, which === 'this' ? 'request.unlink.done' : 'request.unlink.othersDone');
  for (const { _id } of leaving) {
    await letGo(context, { id: derivedId(id, _id), at, by: 'applicant', conversation: _id, beneficiary });
  }
}

/**
 * A member of staff, who has seen the person's papers, says that a chat in which they have applied is theirs; `unknown`
 * when they never did.
 */
export async function linkByStaff(
  context: RequestsContext,
  { conversation, beneficiary, by }: { conversation: string; beneficiary: string; by: string },
): Promise<'linked' | 'taken' | 'unknown'> {
  const newest = { sort: { submittedAt: -1 }, limit: 50 } as const;
  const followed = await context.requests.find({ conversation, submittedAt: { $gt: 0 } }, newest);
  const request = followed.find((one) => one.beneficiary === beneficiary && one.onBehalf === null);
  if (!request) return 'unknown';
  const { address, locale } = request;
  const at = context.clock.now();
  const linked = await context.chats.link({ _id: conversation, beneficiary, address, locale, at, how: 'staff' });
  if (linked === 'taken') return linked;
  const id = derivedId(request._id, conversation, 'linked by staff');
  await changing(context, { _id: request._id }, () => ({
    type: 'change',
    event: { id, at, by, type: 'chat_linked', about: address.channelId },
  }));
  await sayIn(context, derivedId(id, 'told'), { address, locale, text: context.t(locale, 'request.link.done') });
  return linked;
}

/** A member of staff lets a chat go that is not the person's (any more); false when it was not linked. */
export async function unlinkByStaff(
  context: RequestsContext,
  { conversation, beneficiary, by }: { conversation: string; beneficiary: string; by: string },
): Promise<boolean> {
  const chat = await context.chats.of(conversation);
  if (chat?.beneficiary !== beneficiary) return false;
  const id = derivedId(conversation, beneficiary, String(chat.at));
  const { address, locale } = chat;
  const text = context.t(locale, 'request.unlink.byStaff');
  await sayIn(context, derivedId(id, 'told'), { address, locale, text });
  await letGo(context, { id, at: context.clock.now(), by, conversation, beneficiary });
  return true;
}

async function letGo(context: RequestsContext, leaving: Leaving): Promise<void> {
  await moveHome(context, leaving);
  await context.chats.unlink(leaving.conversation, leaving.beneficiary);
}

const channelName = ({ t }: RequestsContext, { address }: Asked, locale: 'ar' | 'en'): string =>
  t(locale, `channels.${address.channelId}`);
