import { progress } from '@clack/prompts';

export interface Progress {
  /** From 0 to 1. */
  to(share: number): void;
  end(how: 'done' | 'failed'): void;
}

const telling = 'Telling five months of an association';

/** A bar where somebody looks at a terminal; into a pipe or a file one line for every tenth part. */
export const createProgress = (output: NodeJS.WriteStream): Progress => (output.isTTY ? bar() : lines(output));

function bar(): Progress {
  const shown = progress({ max: 100 });
  let reached = 0;
  shown.start(telling);
  return {
    to(share) {
      const percent = Math.floor(share * 100);
      if (percent <= reached) return;
      shown.advance(percent - reached, `${telling}: ${percent} %`);
      reached = percent;
    },
    end: (how) => (how === 'done' ? shown.stop(`${telling}: done`) : shown.error(`${telling}: stopped`)),
  };
}

function lines(output: NodeJS.WritableStream): Progress {
  let reached = 0;
  return {
    to(share) {
      const tenth = Math.floor(share * 10);
      if (tenth <= reached) return;
      reached = tenth;
      output.write(`${telling}: ${tenth * 10} %\n`);
    },
    end: () => {},
  };
}
