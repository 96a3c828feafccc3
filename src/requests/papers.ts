import { holds, type Facts } from '../conversation/conditions.js';
import type { Paper } from '../flows/schema.js';
import type { DocumentRecord, RequestRecord } from './record.js';
import type { Status } from './lifecycle.js';

type Wanted = Pick<RequestRecord, 'papers' | 'documents'>;

/** Where a paper may still be sent. */
const open: ReadonlySet<Status> = new Set([
  'submitted',
  'verification',
  'needs_information',
  'accepted',
  'registration',
]);

export const takesPapers = ({ status }: Pick<RequestRecord, 'status'>): boolean => open.has(status);

/** The papers that are wanted and not there: never sent, sent back, or no longer valid today (an ISO day). */
export const missingPapers = ({ papers, documents }: Wanted, today: string): string[] =>
  papers.filter((paper) => !documents.some((document) => document.paper === paper && counts(document, today)));

const counts = ({ check }: DocumentRecord, today: string): boolean =>
  check === null || (check.verdict === 'accepted' && (check.expires === undefined || check.expires >= today));

/** Why the last file for a paper was sent back, by paper, as long as none has come since. */
export function returnedPapers({ papers, documents }: Wanted): Record<string, string> {
  const returned: Record<string, string> = {};
  for (const paper of papers) {
    const last = documents.findLast((document) => document.paper === paper);
    if (last?.check?.verdict === 'rejected') returned[paper] = last.check.reason ?? '';
  }
  return returned;
}

/** The papers that complete an accepted request. */
export const registrationPapers = (papers: Iterable<Paper>, facts: Facts): string[] =>
  [...papers]
    .filter(({ stage, optional, when }) => stage === 'registration' && !optional && (!when || holds(when, facts)))
    .map(({ id }) => id);
