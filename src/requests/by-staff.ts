import { conversationKey, offlineAddress } from '../core/activity.js';
import { sha256Hex } from '../core/digest.js';
import { derivedId } from '../core/ids.js';
import { changing, type Changed } from './change.js';
import { reach, usedLast } from './chats.js';
import type { RequestsContext } from './context.js';
import { answersOf } from '../core/sealed-answers.js';
import { hashOfAnswers } from './declaration.js';
import { isUnsigned } from './facts.js';
import { takesPapers } from './papers.js';
import type { Opening, RequestRecord } from './record.js';
import { submit } from './submit.js';

export interface WrittenDown {
  /** Of what caused it: under one id there is one request. */
  id: string;
  form: { id: string; version: number };
  /** As the form's steps have read them. */
  answers: Record<string, unknown>;
  locale: 'ar' | 'en';
  opened: Pick<Opening, 'by' | 'via'>;
}

/**
 * Opens a request that a member of staff has written down for somebody: like any other, but unsigned. It is told in the
 * chats that are theirs, where they may sign it; who has none signs on paper.
 */
export async function openByStaff(context: RequestsContext, written: WrittenDown): Promise<RequestRecord> {
  const { id, form, answers, locale, opened } = written;
  const at = context.clock.now();
  const { nationalId, fullName, mobile } = answers;
  const named = {
    nationalId: String(nationalId),
    name: String(fullName),
    mobile: typeof mobile === 'string' ? mobile : null,
  };
  const beneficiary = await context.applicant({ ...named, heard: null, at });
  const chat = await usedLast(context, await context.chats.ofPerson(beneficiary));
  const address = chat?.address ?? offlineAddress(beneficiary);
  return submit(context, {
    id,
    conversation: conversationKey(address),
    address,
    at,
    opened,
    effect: {
      type: 'form_submitted',
      form: form.id,
      version: form.version,
      opens: 'request',
      locale: chat?.locale ?? locale,
      answers,
    },
  });
}

export interface Scan {
  /** Of the stored file. */
  file: string;
  /** SHA-256 of the file, hexadecimal. */
  sha256: string;
  /** The account that uploaded it. */
  by: string;
  /** What was signed, and under which name. */
  statement: string;
  statementVersion: number;
  name: string;
}

/** Takes a signature on paper for the answers of today. The same scan uploaded again changes nothing. */
export async function signByScan(
  context: RequestsContext,
  reference: string,
  { file, sha256, by, statement, statementVersion, name }: Scan,
): Promise<Changed<{ type: 'not_awaited' }>> {
  const known = await context.requests.findOne({ reference });
  const isReached = known && (await reach(context, known)).channelId !== 'offline';
  return changing<{ type: 'not_awaited' }>(context, { reference }, (record) => {
    const id = derivedId(record._id, 'scan', sha256);
    if (!isUnsigned(context, record) && !record.events.some((event) => event.id === id)) return { type: 'not_awaited' };
    const at = context.clock.now();
    return {
      type: 'change',
      event: { id, at, by, type: 'signed', about: file },
      declaration: {
        scan: { file, sha256, by },
        statementVersion,
        statementHash: sha256Hex(statement),
        answersHash: hashOfAnswers(answersOf(context.seal, record)),
        sealed: context.seal.seal(JSON.stringify({ statement, name })),
        at,
        messageId: file,
      },
      // Who has just signed on paper needs no call about it.
      ...(isReached ? { tell: { kind: 'signed', id, byStaff: true } as const } : {}),
    };
  });
}

export interface BroughtPaper {
  file: { id: string; name: string; contentType: string; size: number };
  sha256: string;
  paper: string;
  by: string;
}

/** Adds a paper that somebody brought, or sent by post. The same file for the same paper is one. */
export const addPaperByStaff = (
  context: RequestsContext,
  reference: string,
  { file, sha256, paper, by }: BroughtPaper,
): Promise<Changed<{ type: 'not_awaited' }>> =>
  changing<{ type: 'not_awaited' }>(context, { reference }, (record) => {
    if (!takesPapers(record)) return { type: 'not_awaited' };
    const at = context.clock.now();
    return {
      type: 'change',
      event: { id: derivedId(record._id, 'paper', paper, sha256), at, by, type: 'papers_sent', about: file.id },
      documents: [{ ...file, paper, at, check: null }],
    };
  });
