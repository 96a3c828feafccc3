import { randomBytes } from 'node:crypto';
import { systemIds } from '../core/ids.js';
import type { Actor } from '../requests/staff.js';
import type { AccountRecord } from '../staff/account.js';
import { createAccounts } from '../staff/accounts.js';
import { createPasswords } from '../staff/passwords.js';
import type { Store } from '../store/collection.js';
import { staff as members } from './content/names.js';
import type { StoryTime } from './time.js';
import { expected } from './expected.js';

export type MemberId = (typeof members)[number]['id'];

export interface Staff {
  /** One for all, made anew each time and kept nowhere. */
  password: string;
  accounts: readonly AccountRecord[];
  actor(id: MemberId): Actor;
}

/** Makes the accounts of the staff, as if they had been invited on the first day. */
export async function createStaff(store: Store, { clock, ids }: Pick<StoryTime, 'clock' | 'ids'>): Promise<Staff> {
  const records = createAccounts({ records: store.collection<AccountRecord>('accounts'), clock, ids });
  const passwords = createPasswords(systemIds);
  const password = randomBytes(12).toString('base64url');
  const accounts = new Map<MemberId, AccountRecord>();
  for (const { id, name, roles } of members) {
    const hash = await passwords.hash(password);
    const email = `${id}@example.org`;
    const created = await records.create({ email, name, roles: [...roles], locale: 'ar', password: hash });
    accounts.set(id, expected(created, 'created').account);
  }
  return {
    password,
    accounts: [...accounts.values()],
    actor(id) {
      const account = accounts.get(id);
      if (!account) throw new Error(`The demonstration has no member of staff ${id}`);
      return { account: account._id, roles: account.roles };
    },
  };
}
