import { derivedId } from '../core/ids.js';
import { changing } from './change.js';
import type { RequestsContext } from './context.js';
import type { Status } from './lifecycle.js';
import type { RequestFlag, RequestRecord } from './record.js';

const over: ReadonlySet<Status> = new Set<Status>(['rejected', 'closed', 'withdrawn', 'delivered']);

/** Puts a flag on a request for staff to see, once of each kind and about each other request. */
export async function flag(context: RequestsContext, _id: string, raised: RequestFlag): Promise<void> {
  const id = derivedId(_id, 'flag', raised.type, raised.reference ?? '');
  await changing(context, { _id }, ({ flags }) => ({
    type: 'change',
    event: { id, at: raised.at, by: 'system', type: 'flagged', about: raised.reference ?? raised.type },
    set: { flags: [...flags, raised] },
  }));
}

/**
 * Flags a request that asks again for what the same person asks for already. It is looked for once the request is there,
 * and of two the later one is flagged, so that of two that come at once one is always found, whoever looks first.
 */
export async function flagDuplicates(context: RequestsContext, record: RequestRecord): Promise<void> {
  const { beneficiary, service } = record;
  const newest = { sort: { submittedAt: -1 }, limit: 50 } as const;
  const all = await context.requests.find({ beneficiary, submittedAt: { $gt: 0 } }, newest);
  const open = all.filter((one) => one.service === service && !over.has(one.status)).toSorted(byTime);
  const [first, ...later] = open;
  if (!first) return;
  for (const { _id, submittedAt } of later) {
    await flag(context, _id, { type: 'duplicate', reference: first.reference, at: submittedAt });
  }
}

const byTime = (a: RequestRecord, b: RequestRecord): number =>
  a.submittedAt - b.submittedAt || (a._id < b._id ? -1 : 1);
