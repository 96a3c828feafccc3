import type { RootDatabase } from 'lmdb';
import type { StoreError } from '../../core/errors.js';

/** Runs one step in a write transaction; resolves when the disk has what it wrote. */
export type Write = <R>(step: () => R) => Promise<R>;

interface Waiting {
  step: () => unknown;
  settle(): void;
  fail(error: unknown): void;
  outcome?: { type: 'done'; value: unknown } | { type: 'refused'; error: unknown };
}

export interface WriterOptions {
  /** Throws when nothing can be written (any more). */
  checkWritable: () => void;
  /** Told when a write did not reach the disk. */
  failed: (error: unknown) => StoreError;
}

/**
 * Steps that wait at the same time share one transaction, and so one sync of the disk. What a step has put before it
 * threw is kept, so a document is checked first and put last.
 */
export function createWriter(root: RootDatabase, { checkWritable, failed }: WriterOptions): Write {
  let waiting: Waiting[] = [];

  async function commit(): Promise<void> {
    let batch: Waiting[] = [];
    try {
      await root.transaction(() => {
        batch = waiting;
        waiting = [];
        for (const one of batch) run(one);
      });
      for (const one of batch) one.settle();
    } catch (error) {
      const failure = failed(error);
      if (batch.length === 0) [batch, waiting] = [waiting, []];
      for (const one of batch) one.fail(failure);
    }
  }

  return <R>(step: () => R) =>
    new Promise<R>((resolve, reject) => {
      checkWritable();
      const one: Waiting = {
        step,
        settle: () => (one.outcome?.type === 'done' ? resolve(one.outcome.value as R) : reject(one.outcome?.error)),
        fail: reject,
      };
      waiting.push(one);
      if (waiting.length === 1) void commit();
    });
}

function run(one: Waiting): void {
  try {
    one.outcome = { type: 'done', value: one.step() };
  } catch (error) {
    one.outcome = { type: 'refused', error };
  }
}
