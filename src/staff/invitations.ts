import { day, type Clock } from '../core/clock.js';
import type { Ids } from '../core/ids.js';
import type { Collection, Document } from '../store/collection.js';
import { hashOf, tokenBytes } from './secret.js';

/** A link by which somebody chooses a password, once. */
export interface InvitationRecord extends Document {
  /** SHA-256 of the token in the link. */
  _id: string;
  /** Null is the set-up link, by which the first account is made. */
  account: string | null;
  at: number;
  /** Milliseconds. */
  expires: number;
}

export interface Invitations {
  /** Resolves to the token, which is kept nowhere. Earlier links of the same account open nothing any more. */
  make(account: string | null): Promise<string>;
  find(token: string): Promise<InvitationRecord | undefined>;
  /** True for one caller only. */
  use(invitation: InvitationRecord): Promise<boolean>;
}

const validity = { account: 7 * day, setUp: day };

interface InvitationsOptions {
  records: Collection<InvitationRecord>;
  clock: Clock;
  ids: Ids;
}

export const createInvitations = ({ records, clock, ids }: InvitationsOptions): Invitations => ({
  async make(account) {
    const token = ids.secret(tokenBytes);
    const now = clock.now();
    await records.deleteMany({ expires: { $lte: now } });
    await records.deleteMany({ expires: { $gt: now }, account });
    const expires = now + (account === null ? validity.setUp : validity.account);
    await records.insert({ _id: hashOf(token), account, at: now, expires });
    return token;
  },
  async find(token) {
    const found = await records.findOne({ _id: hashOf(token) });
    return found && found.expires > clock.now() ? found : undefined;
  },
  use: async ({ _id }) => (await records.deleteMany({ _id })) === 1,
});
