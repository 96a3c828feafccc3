import { derivedId } from '../core/ids.js';
import { StoreError } from '../core/errors.js';
import type { ChannelId } from '../core/activity.js';
import type { Seal } from '../core/seal.js';
import type { Collection, Document } from '../store/collection.js';

/** A person whom the organisation serves. What names them is sealed; hashes under the deployment's key find them again. */
export interface BeneficiaryRecord extends Document {
  /** When they were first known; milliseconds. */
  at: number;
  idHash: string;
  mobileHash: string;
  /** National ID or residence number, name and mobile number, each sealed. */
  nationalId: string;
  name: string;
  mobile: string;
  contacts: ContactRecord[];
}

/** One chat in which the person was heard. */
export interface ContactRecord {
  conversation: string;
  channelId: ChannelId;
  at: number;
}

export interface Known {
  nationalId: string;
  name: string;
  mobile: string;
  conversation: string;
  channelId: ChannelId;
  at: number;
}

export interface Beneficiaries {
  /** Makes a person known by the national ID, once, and adds the chat; resolves to the id. */
  know(person: Known): Promise<string>;
  find(query: { id: string } | { nationalId: string } | { mobile: string }): Promise<BeneficiaryRecord[]>;
  list(options: { before?: number; limit: number }): Promise<BeneficiaryRecord[]>;
  count(): Promise<number>;
  /** A field as it was given. */
  reveal(record: BeneficiaryRecord, field: SealedField): string;
  /** A field with all but its last signs covered. */
  masked(record: BeneficiaryRecord, field: SealedField): string;
}

export const sealedFields = ['nationalId', 'name', 'mobile'] as const;
export type SealedField = (typeof sealedFields)[number];

export function createBeneficiaries(people: Collection<BeneficiaryRecord>, seal: Seal): Beneficiaries {
  const hashOf = (field: 'nationalId' | 'mobile', value: string): string => seal.hash(`${field} ${value}`);
  const reveal: Beneficiaries['reveal'] = (record, field) => seal.open(record[field]);

  async function know(person: Known): Promise<string> {
    const idHash = hashOf('nationalId', person.nationalId);
    const _id = derivedId('beneficiary', idHash);
    const { conversation, channelId, at } = person;
    const contact: ContactRecord = { conversation, channelId, at };
    try {
      await people.insert({
        _id,
        at,
        idHash,
        mobileHash: hashOf('mobile', person.mobile),
        nationalId: seal.seal(person.nationalId),
        name: seal.seal(person.name),
        mobile: seal.seal(person.mobile),
        contacts: [contact],
      });
    } catch (error) {
      if (!(error instanceof StoreError && error.code === 'store_duplicate')) throw error;
      await people.findOneAndUpdate(
        { _id, 'contacts.conversation': { $nin: [conversation] } },
        { $push: { contacts: contact } },
      );
    }
    return _id;
  }

  return {
    know,
    async find(query) {
      if ('id' in query) return people.find({ _id: query.id });
      if ('nationalId' in query) return people.find({ idHash: hashOf('nationalId', query.nationalId) });
      return people.find({ mobileHash: hashOf('mobile', query.mobile) }, { limit: 50 });
    },
    list: ({ before = Number.MAX_SAFE_INTEGER, limit }) =>
      people.find({ at: { $lt: before } }, { sort: { at: -1 }, limit }),
    count: () => people.count({ at: { $gte: 0 } }),
    reveal,
    masked: (record, field) => masked(reveal(record, field)),
  };
}

/** Of a name the first word and the other words' first letters are read; of a number its last four digits. */
export function masked(text: string): string {
  if (/\d/.test(text)) return `••••${text.slice(-4)}`;
  const [first = '', ...others] = text.split(/\s+/);
  return [first, ...others.map((word) => `${word.slice(0, 1)}…`)].join(' ');
}
