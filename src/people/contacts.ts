import type { Address } from '../core/activity.js';
import type { Collection, Document } from '../store/collection.js';
import { insertOnce } from '../store/insert-once.js';

/**
 * One person on one channel: a chat, and whose it is. The chat is the key, so that it is one person's at most; who
 * applies in it for somebody else, or for a second person, does not make it theirs.
 *
 * Sample: `{"_id": "telegram/77", "beneficiary": "b1", "address": {…}, "locale": "ar", "at": 1795240800000, "how": "code"}`
 */
export interface ContactRecord extends Document {
  beneficiary: string;
  address: Address;
  locale: 'ar' | 'en';
  /** Since when; milliseconds. */
  at: number;
  how: ContactProof;
}

/** Why the chat is taken for the person's: they applied in it first, typed a code, shared their own number, or staff know them. */
export type ContactProof = 'applied' | 'code' | 'shared_contact' | 'staff';

export interface Contacts {
  of(conversation: string): Promise<ContactRecord | undefined>;
  /** The longest known first. */
  ofPerson(beneficiary: string): Promise<ContactRecord[]>;
  ofPeople(beneficiaries: readonly string[]): Promise<ContactRecord[]>;
  /** Makes a chat the person's; `taken` when it is somebody else's. Repeated it changes nothing and is `linked` again. */
  link(contact: ContactRecord): Promise<'linked' | 'taken'>;
  /** The chat forgets the person; false when it was not theirs. */
  unlink(conversation: string, beneficiary: string): Promise<boolean>;
}

/** More chats than anybody has. */
const most = 50;

export function createContacts(contacts: Collection<ContactRecord>): Contacts {
  const of: Contacts['of'] = (conversation) => contacts.findOne({ _id: conversation });
  const ofPeople: Contacts['ofPeople'] = (beneficiaries) =>
    contacts.find({ beneficiary: { $in: beneficiaries } }, { limit: most * Math.max(1, beneficiaries.length) });
  return {
    of,
    ofPeople,
    ofPerson: (beneficiary) => contacts.find({ beneficiary, at: { $gt: 0 } }, { sort: { at: 1 }, limit: most }),
    async link(contact) {
      if (await insertOnce(contacts, contact)) return 'linked';
      return (await of(contact._id))?.beneficiary === contact.beneficiary ? 'linked' : 'taken';
    },
    unlink: async (conversation, beneficiary) => (await contacts.deleteMany({ _id: conversation, beneficiary })) > 0,
  };
}
