import type { CommitteeContext } from '../../src/requests/sitting-change.js';
import type { SittingRecord } from '../../src/requests/sitting-record.js';
import { createSitting } from '../../src/requests/sittings.js';
import { checkDocument, move } from '../../src/requests/staff.js';
import type { Store } from '../../src/store/collection.js';
import { createHouse, file, officer, type House } from './house.js';

export const members = ['huda', 'salem', 'mona'];
const names: Record<string, string> = { huda: 'هدى العتيبي', salem: 'سالم الدوسري', mona: 'منى الحربي' };

/** A committee of three beside the support of one organisation. */
export function createCommittee(store: Store) {
  const house = createHouse(store);
  const sittings = store.collection<SittingRecord>('sittings');
  const context: CommitteeContext = {
    ...house.context,
    sittings,
    isMember: async (account) => members.includes(account),
    nameOf: async (account) => names[account] ?? account,
  };
  return {
    ...house,
    context,
    sittings,
    /** Somebody applies, and the request goes before the committee; resolves to its reference. */
    async submitted(chat: string): Promise<string> {
      const { reference } = await house.apply(chat, {
        answers: { documents: { files: [file('identity')], later: [] } },
      });
      await bringBefore(house, reference);
      return reference;
    },
    async convene(requests: readonly string[], date = '2026-11-22'): Promise<SittingRecord> {
      const created = await createSitting(context, { date, members, requests, by: 'huda' });
      if (created.type !== 'created') throw new Error(JSON.stringify(created));
      return created.sitting;
    },
    async request(reference: string) {
      const record = await house.requests.findOne({ reference });
      if (!record) throw new Error('the request is gone');
      return record;
    },
    async sitting(id: string): Promise<SittingRecord> {
      const record = await sittings.findOne({ _id: id });
      if (!record) throw new Error('the sitting is gone');
      return record;
    },
  };
}

export type Committee = ReturnType<typeof createCommittee>;

async function bringBefore({ context }: House, reference: string): Promise<void> {
  await move(context, reference, { to: 'verification', by: officer });
  const verdict = { verdict: 'accepted', by: officer } as const;
  await checkDocument(context, { reference, document: 'file-identity' }, verdict);
  await move(context, reference, { to: 'committee', by: officer });
}
