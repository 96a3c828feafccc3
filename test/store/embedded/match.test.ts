import * as fc from 'fast-check';
import { Query } from 'mingo';
import { describe, expect, it } from 'vitest';
import type { Filter } from '../../../src/store/collection.js';
import { matches } from '../../../src/store/embedded/match.js';
import { filters, things } from '../arbitraries.js';
import type { Thing } from '../contract.js';

/**
 * mingo has views of its own on what is absent or empty along a path, on lists in lists, on fields whose names are
 * numbers, and on the order of characters beyond the first 65,536. There the tests on a real server hold ours.
 */
function differs(thing: Thing, filter: Filter): boolean {
  const absence = Object.entries(filter).some(
    ([path, condition]) => path.includes('.') && /null|exists|size/.test(JSON.stringify(condition)),
  );
  return absence || /[[,]\[|"0":/.test(JSON.stringify(thing)) || JSON.stringify(filter).includes('\uFFFD');
}

describe('a filter on a document', () => {
  it('is understood as mingo understands it', () => {
    let met = 0;
    const property = fc.property(things.map(structuredClone<Thing>), filters, (thing, filter) => {
      fc.pre(!differs(thing, filter));
      const theirs = new Query({ ...filter }).test(thing as object as Record<string, unknown>);
      if (theirs) met += 1;
      expect(matches(thing, filter)).toBe(theirs);
    });
    fc.assert(property, { numRuns: Number(process.env['RUNS'] ?? 5000) });
    expect(met).toBeGreaterThan(500);
  });
});
