import { z } from 'zod';
import type { Paper, Step } from '../../flows/schema.js';
import { holds } from '../conditions.js';
import { receivedFile } from '../state.js';
import type { StepContext } from './step.js';

export type AttachmentsStep = Extract<Step, { type: 'attachments' }>;

/** What an `attachments` step has so far, and what is kept of it. */
const gathered = z.object({
  /** `paper` is null as long as nobody has said which paper the file is. */
  files: z.array(receivedFile.extend({ paper: z.string().nullable() })),
  /** The paper that was announced for the next file. */
  next: z.string().optional(),
});
export type Gathered = z.infer<typeof gathered>;
export type PaperFile = Gathered['files'][number];

const kept = z.object({ files: z.array(receivedFile.extend({ paper: z.string() })), later: z.array(z.string()) });
export type KeptPapers = z.infer<typeof kept>;

export function readKept(value: unknown): KeptPapers {
  const parsed = kept.safeParse(value);
  return parsed.success ? parsed.data : { files: [], later: [] };
}

/** Where the step stands: what was gathered, or what it was answered with before it is corrected. */
export function readGathered({ ask }: AttachmentsStep, context: StepContext): Gathered {
  const parsed = gathered.safeParse(context.gathered ?? context.answers[ask]);
  return parsed.success ? parsed.data : { files: [] };
}

/** A paper that is asked for. */
export interface Wanted {
  id: string;
  label: Paper['label'];
  optional: boolean;
  /** Why the last file was sent back. */
  returned?: string;
  /** The request that is corrected has it. */
  arrived?: boolean;
}

/** The papers that are asked for: those of the step's list that hold for these answers, or those the request lacks. */
export function papersOf({ checklist }: AttachmentsStep, { assets, answers, request }: StepContext): Wanted[] {
  const missing = request?.missing ?? [];
  const papers = (checklist === 'missing' ? missing : checklist).flatMap((id) => assets.papers.get(id) ?? []);
  if (checklist === 'missing') {
    return papers.map(({ id, label }) => {
      const returned = request?.returned[id];
      return { id, label, optional: false, ...(returned ? { returned } : {}) };
    });
  }
  const facts = { ...assets.facts, answers };
  const wanted = request?.correction?.papers ?? [];
  return papers
    .filter(({ when }) => !when || holds(when, facts))
    .map((paper) => ({ ...paper, arrived: wanted.includes(paper.id) && !missing.includes(paper.id) }));
}

export const without = (papers: readonly Wanted[], files: readonly Pick<PaperFile, 'paper'>[]): Wanted[] =>
  papers.filter(({ id, arrived }) => !arrived && !files.some(({ paper }) => paper === id));

/** What must still come, now or later. */
export const required = (papers: readonly Wanted[]): Wanted[] => papers.filter(({ optional }) => !optional);
