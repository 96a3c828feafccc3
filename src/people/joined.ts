import type { Address } from '../core/activity.js';
import type { Beneficiaries } from './beneficiaries.js';
import type { Contacts } from './contacts.js';

interface People {
  beneficiaries: Beneficiaries;
  contacts: Contacts;
}

interface Named {
  nationalId: string;
  name: string;
  mobile: string | null;
  heard: { conversation: string; address: Address; locale: 'ar' | 'en'; own: boolean } | null;
  at: number;
}

/**
 * Makes people known. Whoever names themselves first, in a chat that is nobody's, has it for their own from then on; a
 * chat in which somebody's number is typed later proves nothing.
 */
export const applicantIn =
  ({ beneficiaries, contacts }: People) =>
  async ({ heard, ...person }: Named): Promise<string> => {
    const { at } = person;
    const known = await beneficiaries.know({ ...person, origin: heard?.conversation ?? null });
    const { _id: beneficiary } = known;
    const speaksForThem = heard?.own === true && known.origin === heard.conversation;
    if (speaksForThem && (await contacts.ofPerson(beneficiary)).length === 0) {
      const { conversation: _id, address, locale } = heard;
      await contacts.link({ _id, beneficiary, address, locale, at, how: 'applied' });
    }
    return beneficiary;
  };

/** The chats of people, as the requests see them. */
export const chatsOf = ({ beneficiaries, contacts }: People) => ({
  of: contacts.of,
  ofPerson: contacts.ofPerson,
  link: contacts.link,
  async unlink(conversation: string, beneficiary: string): Promise<boolean> {
    await beneficiaries.disown(beneficiary, conversation);
    return contacts.unlink(conversation, beneficiary);
  },
  async isOrigin(conversation: string, beneficiary: string): Promise<boolean> {
    const [person] = await beneficiaries.find({ id: beneficiary });
    return person?.origin === conversation;
  },
});
