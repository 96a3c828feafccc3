/** It took too long; whether it happened after all is not known. */
export class TimedOut extends Error {
  override name = 'TimedOut';
}

/** The library's calls into the page have no end of their own: a dead socket answers never. */
export async function limited<T>(work: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new TimedOut('the page did not answer')), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
