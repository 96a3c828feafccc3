import { insertOnce } from '../store/insert-once.js';
import { decidersOf, whoDecided } from './decisions.js';
import { memberProblems, twice, type NotOpen, type SittingProblem, type Unfit } from './sitting-problems.js';
import { amending, type Amended, type CommitteeContext } from './sitting-change.js';
import { quorum, type SittingRecord } from './sitting-record.js';

export interface NewSitting {
  date: string;
  /** Accounts; they count as present until it is written down otherwise. */
  members: readonly string[];
  requests: readonly string[];
  by: string;
}

/**
 * Makes a sitting with the next number. A request is on one agenda at a time: the numbers are read before the agendas,
 * so whoever adds a sitting in between takes the number, and the agendas are looked at again.
 */
export async function createSitting(
  context: CommitteeContext,
  wanted: NewSitting,
): Promise<{ type: 'created'; sitting: SittingRecord } | Unfit> {
  for (;;) {
    const [last] = await context.sittings.find({ number: { $gte: 1 } }, { sort: { number: -1 }, limit: 1 });
    const problems = [
      ...(await memberProblems(context, wanted.members)),
      ...(await agendaProblems(context, wanted.requests)),
    ];
    if (problems.length > 0) return { type: 'unfit', problems };
    const sitting = sittingOf(context, wanted, (last?.number ?? 0) + 1);
    if (await insertOnce(context.sittings, sitting)) return { type: 'created', sitting };
  }
}

function sittingOf({ clock, ids }: CommitteeContext, wanted: NewSitting, number: number): SittingRecord {
  const { date, members, requests, by } = wanted;
  const at = clock.now();
  return {
    _id: ids.uuid(),
    number,
    date,
    status: 'open',
    members: members.map((account) => ({ account, present: true })),
    agenda: [...requests],
    recusals: [],
    decisions: [],
    createdBy: by,
    createdAt: at,
    closedBy: null,
    closedAt: null,
    releasedBy: null,
    releasedAt: null,
    events: [{ at, by, type: 'created' }],
  };
}

async function agendaProblems(
  { requests, sittings }: CommitteeContext,
  references: readonly string[],
): Promise<SittingProblem[]> {
  const unique = [...new Set(references)];
  // Before the requests: a sitting that is released has its outcomes in them.
  const others = await sittings.find({ status: { $in: ['open', 'closed', 'releasing'] } });
  const found = new Map(
    (await requests.find({ reference: { $in: unique } })).map((record) => [record.reference, record]),
  );
  const problemOf = (reference: string): Pick<SittingProblem, 'problem' | 'sitting'> | undefined => {
    const record = found.get(reference);
    if (!record) return { problem: 'unknown_reference' };
    if (record.status !== 'committee') return { problem: 'not_in_committee' };
    if (record.pending) return { problem: 'outcome_waits' };
    const other = others.find(({ agenda }) => agenda.includes(reference));
    return other && { problem: 'on_another_agenda', sitting: other.number };
  };
  return [
    ...(unique.length === 0 ? [{ field: 'requests', value: null, problem: 'nothing_listed' } as const] : []),
    ...twice(references).map((value) => ({ field: 'requests', value, problem: 'listed_twice' }) as const),
    ...unique.flatMap((value) => {
      const problem = problemOf(value);
      return problem ? [{ field: 'requests', value, ...problem } as const] : [];
    }),
  ];
}

export type CloseRefusal =
  | NotOpen
  | { type: 'no_quorum'; present: number }
  | { type: 'undecided'; references: string[] }
  /** Nobody who is present may decide on these. */
  | { type: 'nobody_left'; references: string[] };

/** Closes a sitting in which everything was decided. What it decided never changes from then on. */
export async function closeSitting(context: CommitteeContext, id: string, by: string): Promise<Amended<CloseRefusal>> {
  const decidedBefore = await whoDecided(context, id);
  return amending<CloseRefusal>(context, id, (sitting) => {
    const { status, members, agenda, decisions } = sitting;
    if (status !== 'open') return { type: 'not_open', status };
    const present = members.filter((member) => member.present).length;
    if (present < quorum) return { type: 'no_quorum', present };
    const undecided = agenda.filter((one) => !decisions.some(({ reference }) => reference === one));
    if (undecided.length > 0) return { type: 'undecided', references: undecided };
    const orphans = decisions
      .filter(({ decision }) => decision !== 'defer')
      .map(({ reference }) => reference)
      .filter((one) => decidersOf(sitting, one, decidedBefore(one)).length === 0);
    if (orphans.length > 0) return { type: 'nobody_left', references: orphans };
    return {
      type: 'change',
      event: { by, type: 'closed' },
      set: { status: 'closed', closedBy: by, closedAt: context.clock.now() },
    };
  });
}
