import type { Collection, Document } from './collection.js';
import { insertOnce } from './insert-once.js';

export interface SettingRecord<T> extends Document {
  value: T;
}

/** One small value of the deployment under a fixed name. */
export function createSetting<T>(records: Collection<SettingRecord<T>>, name: string) {
  return {
    async read(): Promise<T | undefined> {
      return (await records.findOne({ _id: name }))?.value;
    },
    async write(value: T): Promise<void> {
      const written = await records.findOneAndUpdate({ _id: name }, { $set: { value } });
      if (!written && !(await insertOnce(records, { _id: name, value })))
        await records.findOneAndUpdate({ _id: name }, { $set: { value } });
    },
  };
}
