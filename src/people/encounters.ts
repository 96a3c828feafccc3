import { minute } from '../core/clock.js';
import { derivedId } from '../core/ids.js';
import type { Seal } from '../core/seal.js';
import type { Collection, Document } from '../store/collection.js';
import { insertOnce } from '../store/insert-once.js';

/** How people reach the organisation elsewhere than in a chat. */
export const encounterKinds = ['visit', 'phone', 'letter', 'delegate'] as const;
export type EncounterKind = (typeof encounterKinds)[number];

/** The door of the organisation's profile by which each comes in. */
export const doorOf = { visit: 'interview', phone: 'phone', letter: 'letters', delegate: 'delegates' } as const satisfies Record<EncounterKind, string>; // prettier-ignore

/**
 * What somebody said in a visit, on the phone, by letter or to a delegate, as a member of staff wrote it down.
 * Sample: `{"_id": "…", "kind": "visit", "beneficiary": "b1", "at": 1795240800000, "by": "a1", "text": "s1.…", …}`
 */
export interface EncounterRecord extends Document {
  kind: EncounterKind;
  beneficiary: string;
  /** When it was, and when it was written down; milliseconds. */
  at: number;
  recordedAt: number;
  /** The account that wrote it down. */
  by: string;
  /** Sealed. */
  text: string;
  /** The request that it was about, by its reference. */
  reference: string | null;
}

export interface Encountered extends Omit<EncounterRecord, '_id' | 'text'> {
  /** Given by who sends it, so that what is sent twice is one; otherwise the same words in the same minute are. */
  key?: string | undefined;
  text: string;
}

export interface Encounters {
  records: Collection<EncounterRecord>;
  /** Resolves to the record that is there now: what is written down twice is one. */
  write(encountered: Encountered): Promise<EncounterRecord>;
  textOf(record: EncounterRecord): string;
}

export function createEncounters(records: Collection<EncounterRecord>, seal: Seal): Encounters {
  return {
    records,
    async write({ key, text, ...facts }) {
      const { kind, beneficiary, at } = facts;
      const same = [kind, beneficiary, String(Math.floor(at / minute)), seal.hash(`encounter ${text.trim()}`)];
      const _id = derivedId('encounter', ...(key === undefined ? same : [key]));
      const record: EncounterRecord = { _id, ...facts, text: seal.seal(text.trim()) };
      if (await insertOnce(records, record)) return record;
      return (await records.findOne({ _id })) ?? record;
    },
    textOf: ({ text }) => seal.open(text),
  };
}
