import { z } from 'zod';
import type { Signature } from '../conversation/effects.js';
import { canonicalJson, sha256Hex } from '../core/digest.js';
import { StoreError } from '../core/errors.js';
import type { Facts } from '../conversation/conditions.js';
import type { Seal } from '../core/seal.js';
import { answersOf } from '../core/sealed-answers.js';
import type { RequestsContext } from './context.js';
import type { DeclarationRecord, RequestRecord } from './record.js';

/** What was signed, as it was read, and by which name. */
const signed = z.object({ statement: z.string(), name: z.string() });

export const declarationOf = (seal: Seal, signature: Signature): DeclarationRecord => ({
  statementVersion: signature.statementVersion,
  statementHash: signature.statementHash,
  answersHash: signature.answersHash,
  sealed: seal.seal(JSON.stringify({ statement: signature.statement, name: signature.name })),
  at: signature.at,
  messageId: signature.messageId,
});

export interface SignedDeclaration {
  statement: string;
  name: string;
  at: number;
  statementVersion: number;
  statementHash: string;
  answersHash: string;
  /** The answers of today are those that were signed. */
  answersUnchanged: boolean;
  /** The statement is the one that was signed. */
  statementUnchanged: boolean;
}

/** The declaration that counts, held against what is stored; undefined when nothing was signed. */
export function lastDeclaration(seal: Seal, record: RequestRecord): SignedDeclaration | undefined {
  const declaration = record.declarations.at(-1);
  if (!declaration) return undefined;
  const { statement, name } = signed.parse(JSON.parse(seal.open(declaration.sealed)));
  const { at, statementVersion, statementHash, answersHash } = declaration;
  return {
    statement,
    name,
    at,
    statementVersion,
    statementHash,
    answersHash,
    answersUnchanged: answersHash === hashOfAnswers(answersOf(seal, record)),
    statementUnchanged: statementHash === sha256Hex(statement),
  };
}

/** False when the answers were changed outside Wasl: one such request keeps nobody from the others. */
export function isReadable(seal: Seal, record: RequestRecord): boolean {
  try {
    answersOf(seal, record);
    return true;
  } catch (error) {
    if (error instanceof StoreError) return false;
    throw error;
  }
}

/** The declaration that counts stands for the answers as they are. */
export const isSigned = (seal: Seal, record: RequestRecord): boolean =>
  record.declarations.at(-1)?.answersHash === hashOfAnswers(answersOf(seal, record));

/** What conditions on papers may ask: the organisation's facts, and this request's answers. */
export const factsFor = ({ facts, seal }: RequestsContext, record: RequestRecord): Facts => ({
  ...facts,
  answers: answersOf(seal, record),
});

export const hashOfAnswers = (given: Readonly<Record<string, unknown>>): string => sha256Hex(canonicalJson(given));

/**
 * What proves that somebody was given the copy of a declaration: with the reference it opens the check, without it
 * nothing is told. It stands for this very text, these answers and this moment.
 */
export const codeOf = (seal: Seal, reference: string, declaration: DeclarationRecord): string =>
  seal
    .hash(canonicalJson([reference, declaration.statementHash, declaration.answersHash, declaration.at]))
    .replace(/[^A-Za-z0-9]/g, '')
    .slice(0, 10)
    .toUpperCase();
