import * as fc from 'fast-check';
import { update as mingoUpdate } from 'mingo/updater';
import { describe, expect, it } from 'vitest';
import { StoreError } from '../../../src/core/errors.js';
import { openEmbeddedStore } from '../../../src/store/embedded/store.js';
import { updated } from '../../../src/store/embedded/update.js';
import { fittingUpdates, steps, things } from '../arbitraries.js';
import { contractSchema, type Thing } from '../contract.js';
import { createModel } from '../model.js';
import { clear, play } from '../play.js';
import { temporaryFolder } from './folder.js';

describe('the embedded store', () => {
  it('answers whatever is asked as a plain list would', async () => {
    const store = await openEmbeddedStore({ folder: temporaryFolder(), schema: contractSchema });
    const collection = store.collection<Thing>('things');
    await fc.assert(
      fc
        .asyncProperty(steps, async (wanted) => {
          expect(await play(collection, wanted)).toEqual(await play(createModel(), wanted));
        })
        .afterEach(() => clear(collection)),
      { numRuns: 200 },
    );
    await store.close();
  });

  it('understands updates as mingo does', () => {
    const property = fc.property(things, fittingUpdates, (thing, update) => {
      const theirs = structuredClone(thing);
      mingoUpdate(theirs as object as Record<string, unknown>, update as object as Parameters<typeof mingoUpdate>[1]);
      try {
        expect(updated(thing, update)).toEqual(theirs);
      } catch (error) {
        // MongoDB refuses; mingo does nothing, or something of its own.
        if (!(error instanceof StoreError)) throw error;
      }
    });
    fc.assert(property, { numRuns: 3000 });
  });

  it('leaves the document that it changes as it was', () => {
    const property = fc.property(things, fittingUpdates, (thing, update) => {
      const before = structuredClone(thing);
      try {
        updated(thing, update);
      } catch (error) {
        if (!(error instanceof StoreError)) throw error;
      }
      expect(thing).toEqual(before);
    });
    fc.assert(property, { numRuns: 1000 });
  });
});
