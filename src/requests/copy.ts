import type { Caused, Effect } from '../conversation/effects.js';
import { formatDates } from '../language/dates.js';
import { isolate } from '../language/direction.js';
import { changing } from './change.js';
import { sees } from './chats.js';
import type { RequestsContext } from './context.js';
import { codeOf, lastDeclaration } from './declaration.js';
import type { RequestRecord } from './record.js';

type CopyWanted = Extract<Effect, { type: 'copy_wanted' }>;

/** Sends the signed declaration to a chat in which it may be seen, with what proves that it is genuine. */
export async function sendCopy(
  context: RequestsContext,
  { id, at, conversation, address, effect }: Caused<CopyWanted>,
): Promise<void> {
  const record = await context.requests.findOne({ reference: effect.reference });
  if (!record || !(await sees(context, record, conversation))?.whole) return;
  await changing(context, { _id: record._id }, (now) => ({
    type: 'change',
    event: { id, at, by: 'applicant', type: 'copy_sent' },
    to: address,
    tell: { kind: 'copy', id, more: wordsOf(context, { ...now, locale: effect.locale }) },
  }));
}

function wordsOf({ seal, publicUrl }: RequestsContext, record: RequestRecord): Record<string, string> {
  const declaration = lastDeclaration(seal, record);
  const signed = record.declarations.at(-1);
  if (!declaration || !signed) return {};
  const ltr = (text: string): string => (record.locale === 'ar' ? isolate(text) : text);
  const code = codeOf(seal, record.reference, signed);
  const address = publicUrl === undefined ? '' : `${publicUrl}/declarations/${record.reference}/${code}`;
  return {
    statement: declaration.statement,
    name: declaration.name,
    ...formatDates(declaration.at, record.locale),
    version: String(declaration.statementVersion),
    statementHash: ltr(declaration.statementHash),
    answersHash: ltr(declaration.answersHash),
    code: ltr(code),
    link: address === '' ? '' : `${ltr(address)}\n`,
  };
}
