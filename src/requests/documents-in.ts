import { z } from 'zod';
import type { DocumentRecord } from './record.js';

/** What an `attachments` step leaves behind. Sample: `{"files": [{"id": "f1", "paper": "income", …}], "later": ["identity"]}`. */
const attachments = z.object({
  files: z.array(
    z.object({ id: z.string(), paper: z.string(), name: z.string(), contentType: z.string(), size: z.number() }),
  ),
  later: z.array(z.string()),
});

/** The files among a form's answers, and the papers that they are, or that were promised for later. */
export function documentsIn(
  answers: Readonly<Record<string, unknown>>,
  at: number,
): { documents: DocumentRecord[]; papers: string[] } {
  const gathered = Object.values(answers).flatMap((answer) => {
    const parsed = attachments.safeParse(answer);
    return parsed.success ? [parsed.data] : [];
  });
  const documents = gathered.flatMap(({ files }) => files.map((file) => ({ ...file, at, check: null })));
  const papers = new Set([...documents.map(({ paper }) => paper), ...gathered.flatMap(({ later }) => later)]);
  return { documents, papers: [...papers] };
}
