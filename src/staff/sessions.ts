import { day, hour, minute, type Clock } from '../core/clock.js';
import type { Ids } from '../core/ids.js';
import type { Collection, Document } from '../store/collection.js';
import type { AccountRecord } from './account.js';
import { passwordMark, type Accounts } from './accounts.js';
import { hashOf, tokenBytes } from './secret.js';

/** Somebody who has signed in, on one device. */
export interface SessionRecord extends Document {
  /** SHA-256 of the token in the cookie. */
  _id: string;
  account: string;
  /** Of the password it was opened with. */
  mark: string;
  at: number;
  /** Milliseconds; moves on while the session is used. */
  expires: number;
}

export interface Sessions {
  /** Resolves to the token, which is kept nowhere. */
  open(account: AccountRecord): Promise<string>;
  /** Undefined when it has ended, the password was changed since, or the account is disabled. */
  find(token: string): Promise<{ account: AccountRecord; session: string } | undefined>;
  end(session: string): Promise<void>;
  endAll(account: string): Promise<void>;
}

const idle = 12 * hour;
export const longestSession = 7 * day;
/** A session that is in use is not written down at every call. */
const renewAfter = 5 * minute;

interface SessionsOptions {
  records: Collection<SessionRecord>;
  accounts: Accounts;
  clock: Clock;
  ids: Ids;
}

export function createSessions({ records, accounts, clock, ids }: SessionsOptions): Sessions {
  async function renew({ _id, at, expires }: SessionRecord): Promise<void> {
    const later = Math.min(clock.now() + idle, at + longestSession);
    if (later - expires > renewAfter) await records.findOneAndUpdate({ _id }, { $max: { expires: later } });
  }

  return {
    async open(account) {
      const token = ids.secret(tokenBytes);
      const now = clock.now();
      await records.deleteMany({ expires: { $lte: now } });
      const mark = passwordMark(account);
      await records.insert({ _id: hashOf(token), account: account._id, mark, at: now, expires: now + idle });
      return token;
    },
    async find(token) {
      const found = await records.findOne({ _id: hashOf(token) });
      if (!found || found.expires <= clock.now()) return undefined;
      const account = await accounts.get(found.account);
      if (account?.status !== 'active' || found.mark !== passwordMark(account)) return undefined;
      await renew(found);
      return { account, session: found._id };
    },
    end: async (session) => void (await records.deleteMany({ _id: session })),
    endAll: async (account) => void (await records.deleteMany({ account })),
  };
}
