import type { z } from 'zod';
import { derivedId, type Ids } from '../core/ids.js';
import type { Clock } from '../core/clock.js';
import { StoreError } from '../core/errors.js';
import type { Collection } from '../store/collection.js';
import type { AccountRecord } from './account.js';
import { readPage, type pageQuery } from './list.js';

export interface Accounts {
  get(id: string): Promise<AccountRecord | undefined>;
  byEmail(email: string): Promise<AccountRecord | undefined>;
  /** Whether anybody has an account at all. */
  areThere(): Promise<boolean>;
  /** The oldest first. */
  list(page: Page): Promise<{ items: AccountRecord[]; total: number; next: string | null }>;
  create(account: NewAccount): Promise<{ type: 'created'; account: AccountRecord } | { type: 'taken' }>;
  change(id: string, changes: AccountChanges): Promise<AccountChange>;
  /** Ends whatever was signed in with the old one. Undefined when the account is disabled. */
  setPassword(id: string, hash: string): Promise<AccountRecord | undefined>;
}

type Page = { [field in keyof typeof pageQuery]?: z.output<(typeof pageQuery)[field]> };

export type NewAccount = Pick<AccountRecord, 'email' | 'name' | 'roles' | 'locale' | 'password'>;

/** `version`: only when nobody else has changed the account since. */
export type AccountChanges = {
  [field in 'name' | 'roles' | 'locale' | 'status' | 'version']?: AccountRecord[field] | undefined;
};

export type AccountChange =
  | { type: 'changed'; account: AccountRecord }
  | { type: 'unknown' }
  | { type: 'changed_meanwhile' }
  | { type: 'last_admin' };

interface AccountsOptions {
  records: Collection<AccountRecord>;
  clock: Clock;
  ids: Ids;
}

const isActiveAdmin = ({ roles, status, password }: Pick<AccountRecord, 'roles' | 'status' | 'password'>): boolean =>
  roles.includes('admin') && status === 'active' && password !== null;

/** The accounts of staff. None is ever removed, as the audit log speaks of them. */
export function createAccounts({ records, clock, ids }: AccountsOptions): Accounts {
  const activeAdmins = { at: { $gte: 0 }, roles: 'admin', status: 'active', password: { $ne: null } };
  const get: Accounts['get'] = (id) => records.findOne({ _id: id });

  async function change(id: string, { version, ...changes }: AccountChanges): Promise<AccountChange> {
    const before = await get(id);
    if (!before) return { type: 'unknown' };
    const $set = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
    const removes = isActiveAdmin(before) && !isActiveAdmin({ ...before, ...$set });
    // Looked at before as well: who dies between a change and its undoing must not leave a house without a key.
    if (removes && (await records.count(activeAdmins)) <= 1) return { type: 'last_admin' };
    const filter = { _id: id, version: version ?? before.version };
    const account = await records.findOneAndUpdate(filter, { $set, $inc: { version: 1 } });
    if (!account) return { type: 'changed_meanwhile' };
    // And afterwards, so that two administrators who remove each other at the same moment are both refused.
    if ((await records.count(activeAdmins)) > 0) return { type: 'changed', account };
    const { roles, status } = before;
    await records.findOneAndUpdate({ _id: id }, { $set: { roles, status }, $inc: { version: 1 } });
    return { type: 'last_admin' };
  }

  return {
    get,
    byEmail: (email) => records.findOne({ email }),
    areThere: async () => (await records.count({ at: { $gte: 0 } })) > 0,
    list: (page) => readPage(records, { filter: { at: { $gte: 0 } }, order: 'at', ...page }),
    async create(given) {
      const account: AccountRecord = { _id: ids.uuid(), at: clock.now(), ...given, status: 'active', version: 1 };
      try {
        await records.insert(account);
        return { type: 'created', account };
      } catch (error) {
        if (error instanceof StoreError && error.code === 'store_duplicate') return { type: 'taken' };
        throw error;
      }
    },
    change,
    setPassword: (id, password) =>
      records.findOneAndUpdate({ _id: id, status: 'active' }, { $set: { password }, $inc: { version: 1 } }),
  };
}

/** Changes with the password, and tells nothing about it: what was opened with an old one is known by it. */
export const passwordMark = ({ _id, password }: AccountRecord): string => derivedId('password', _id, password ?? '');
