import { derivedId } from '../core/ids.js';
import type { Seal } from '../core/seal.js';
import type { Collection, Document } from '../store/collection.js';
import { insertOnce } from '../store/insert-once.js';

/** A person whom the organisation serves. What names them is sealed; hashes under the deployment's key find them again. */
export interface BeneficiaryRecord extends Document {
  /** When they were first known; milliseconds. */
  at: number;
  idHash: string;
  /** Null for somebody without a mobile of their own. */
  mobileHash: string | null;
  /** National ID or residence number, name and mobile number, each sealed. */
  nationalId: string;
  name: string;
  mobile: string | null;
  /** The conversation in which they were first named, as long as it may speak for them; null when staff named them. */
  origin: string | null;
}

export interface Known {
  nationalId: string;
  name: string;
  mobile: string | null;
  /** A conversation, or null for staff. */
  origin: string | null;
  at: number;
}

export interface Beneficiaries {
  /** Makes a person known by the national ID, once; somebody who is known stays as they are. */
  know(person: Known): Promise<BeneficiaryRecord>;
  find(query: { id: string } | { nationalId: string } | { mobile: string }): Promise<BeneficiaryRecord[]>;
  list(options: { before?: number; limit: number }): Promise<BeneficiaryRecord[]>;
  count(): Promise<number>;
  /** The conversation in which the person was first named speaks for them no longer. */
  disown(id: string, origin: string): Promise<void>;
  /** A field as it was given; empty when there is none. */
  reveal(record: BeneficiaryRecord, field: SealedField): string;
  /** A field with all but its last signs covered. */
  masked(record: BeneficiaryRecord, field: SealedField): string;
}

export const sealedFields = ['nationalId', 'name', 'mobile'] as const;
export type SealedField = (typeof sealedFields)[number];

export function createBeneficiaries(people: Collection<BeneficiaryRecord>, seal: Seal): Beneficiaries {
  const hashOf = (field: 'nationalId' | 'mobile', value: string): string => seal.hash(`${field} ${value}`);

  const reveal: Beneficiaries['reveal'] = (record, field) => {
    const sealed = record[field];
    return sealed === null ? '' : seal.open(sealed);
  };

  async function know({ nationalId, name, mobile, origin, at }: Known): Promise<BeneficiaryRecord> {
    const idHash = hashOf('nationalId', nationalId);
    const person: BeneficiaryRecord = {
      _id: derivedId('beneficiary', idHash),
      at,
      idHash,
      mobileHash: mobile === null ? null : hashOf('mobile', mobile),
      nationalId: seal.seal(nationalId),
      name: seal.seal(name),
      mobile: mobile === null ? null : seal.seal(mobile),
      origin,
    };
    const known = await people.findOne({ _id: person._id });
    if (known) return known;
    if (await insertOnce(people, person)) return person;
    return (await people.findOne({ _id: person._id })) ?? person;
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
    disown: async (id, origin) => void (await people.findOneAndUpdate({ _id: id, origin }, { $set: { origin: null } })),
    reveal,
    masked: (record, field) => masked(reveal(record, field)),
  };
}

/** Of a name the first word and the other words' first letters are read; of a number its last four digits. */
export function masked(text: string): string {
  if (text === '') return '';
  if (/\d/.test(text)) return `••••${text.slice(-4)}`;
  const [first = '', ...others] = text.split(/\s+/);
  return [first, ...others.map((word) => `${word.slice(0, 1)}…`)].join(' ');
}
