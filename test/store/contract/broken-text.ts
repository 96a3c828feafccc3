import { describe, expect, it } from 'vitest';
import type { ContractPorts } from '../contract.js';

/** Half of an emoji, as a phone sends it that cuts a text at so many characters. */
const half = 'ok \ud83d';
const mended = 'ok \ufffd';

export function brokenText({ things }: ContractPorts): void {
  describe('text that is no Unicode', () => {
    it('is kept with a mark where it is broken, also in names of fields', async () => {
      await things().insert({ _id: 'a', text: half, deep: { [half]: [half, { text: '\udc00\ud800' }] } });
      const stored = { _id: 'a', text: mended, deep: { [mended]: [mended, { text: '\ufffd\ufffd' }] } };
      expect(await things().findOne({ _id: 'a' })).toEqual(stored);
      const pushed = await things().findOneAndUpdate({ _id: 'a' }, { $push: { list: half }, $max: { text: half } });
      expect(pushed).toEqual({ ...stored, list: [mended] });
      expect(await things().findOne({ _id: 'a' })).toEqual(pushed);
      expect((await things().findOneAndUpdate({ _id: 'a' }, { $pull: { list: half } }))?.list).toEqual([]);
    });

    it('is found where an index holds it, and can be taken out again', async () => {
      await things().insert({ _id: 'a', kind: half, code: half });
      expect(await things().count({ kind: half })).toBe(1);
      expect(await things().count({ kind: { $in: [mended] } })).toBe(1);
      expect(await things().count({ kind: mended, code: { $eq: half } })).toBe(1);
      await expect(things().insert({ _id: 'b', code: mended })).rejects.toMatchObject({ code: 'store_duplicate' });
      await things().findOneAndUpdate({ _id: 'a' }, { $set: { kind: 'k' }, $unset: { code: true } });
      expect(await things().count({ kind: half })).toBe(0);
      await things().insert({ _id: 'b', code: mended });
      expect(await things().find({ kind: { $gte: '' } })).toEqual([{ _id: 'a', kind: 'k' }]);
    });

    it('does not come in as an id', async () => {
      await expect(things().insert({ _id: half })).rejects.toMatchObject({ code: 'store_refused' });
    });
  });
}
