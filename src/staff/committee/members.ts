import type { CommitteeContext } from '../../requests/sitting-change.js';
import type { Collection } from '../../store/collection.js';
import type { AccountRecord } from '../account.js';

/** Who may sit on the committee now, and what members are called; an account that is gone keeps its id. */
export const committeeMembers = (
  accounts: Collection<AccountRecord>,
): Pick<CommitteeContext, 'isMember' | 'nameOf'> => ({
  async isMember(id) {
    const account = await accounts.findOne({ _id: id });
    return account?.status === 'active' && account.roles.includes('committee');
  },
  nameOf: async (id) => (await accounts.findOne({ _id: id }))?.name ?? id,
});
