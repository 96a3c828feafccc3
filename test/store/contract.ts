import { afterAll, beforeAll, beforeEach, describe } from 'vitest';
import type { Collection, CollectionSchema, Document, Store } from '../../src/store/collection.js';
import { brokenText } from './contract/broken-text.js';
import { concurrency } from './contract/concurrency.js';
import { reading } from './contract/reading.js';
import { refusals } from './contract/refusals.js';
import { updating } from './contract/updating.js';

/** A document with all that the contract knows: indexed fields, fields without an index, lists, objects. */
export interface Thing extends Document {
  kind?: string | null;
  rank?: number | string | boolean | null;
  due?: number | null;
  code?: string | null;
  owner?: { name?: string | null };
  group?: string;
  number?: number;
  text?: unknown;
  count?: number;
  list?: unknown[];
  inbox?: { id: string; size?: number; read?: boolean }[];
  deep?: unknown;
}

export const contractSchema = {
  things: {
    indexes: [
      { fields: ['kind', 'rank'] },
      { fields: ['due'] },
      { fields: ['owner.name'] },
      { fields: ['code'], unique: true },
      { fields: ['group', 'number'], unique: true },
    ],
  },
  plain: { indexes: [] },
} as const satisfies Record<string, CollectionSchema>;

export interface ContractPorts {
  things: () => Collection<Thing>;
  store: () => Store;
}

/** What every store promises. `open` gives an empty one with `contractSchema`. */
export function storeContract(engine: string, open: () => Promise<{ store: Store; destroy(): Promise<void> }>): void {
  describe(`the contract of a store, on ${engine}`, () => {
    let opened: Awaited<ReturnType<typeof open>>;
    const ports: ContractPorts = {
      things: () => opened.store.collection<Thing>('things'),
      store: () => opened.store,
    };
    beforeAll(async () => {
      opened = await open();
    });
    beforeEach(async () => {
      const ids = (await ports.things().find({}, { sort: { due: 1 } })).map(({ _id }) => _id);
      await ports.things().deleteMany({ _id: { $in: ids } });
    });
    afterAll(() => opened.destroy());

    reading(ports);
    updating(ports);
    concurrency(ports);
    brokenText(ports);
    refusals(ports);
  });
}
