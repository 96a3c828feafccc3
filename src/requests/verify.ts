import { equalSecret } from '../core/equal-secret.js';
import { readReference } from '../core/reference.js';
import { latinDigits } from '../language/normalise.js';
import type { RequestsContext } from './context.js';
import { codeOf, lastDeclaration } from './declaration.js';

/** What anybody may know of a declaration whose reference and code they were given. */
export interface Verified {
  reference: string;
  signedAt: number;
  statementVersion: number;
  statementHash: string;
  answersHash: string;
  /** What is stored is still what was signed. */
  unchanged: boolean;
}

/** Undefined when there is no such request, or the code is not that of its declaration: nobody learns which. */
export async function verifyDeclaration(
  { requests, organisation, seal }: RequestsContext,
  { reference, code }: { reference: string; code: string },
): Promise<Verified | undefined> {
  const known = readReference(reference, organisation.prefix);
  const record = known === undefined ? undefined : await requests.findOne({ reference: known });
  const signed = record?.declarations.at(-1);
  if (
    !record ||
    !signed ||
    !equalSecret(latinDigits(code).trim().toUpperCase(), codeOf(seal, record.reference, signed))
  ) {
    return undefined;
  }
  const declaration = lastDeclaration(seal, record);
  if (!declaration) return undefined;
  return {
    reference: record.reference,
    signedAt: declaration.at,
    statementVersion: declaration.statementVersion,
    statementHash: declaration.statementHash,
    answersHash: declaration.answersHash,
    unchanged: declaration.answersUnchanged && declaration.statementUnchanged,
  };
}
