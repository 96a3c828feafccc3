import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { network } from '../core/network.js';

/** How often one may err with a password or a link. */
export interface SignInLimits {
  /** Counts a try before it is looked at, so that many at once do not slip through. Resolves to the seconds to wait. */
  take(by: Try): Promise<number>;
  /** It was right: it does not count. */
  giveBack(by: Try): Promise<void>;
}

export interface Try {
  address: string | undefined;
  /** Whose password is tried, known or not; undefined when it is a link. */
  email?: string;
}

const seconds = 15 * 60;
/** A whole office may sit behind one address. */
const perAddress = 60;
const perEmail = 10;

export function createSignInLimits(): SignInLimits {
  const addresses = new RateLimiterMemory({ points: perAddress, duration: seconds });
  const emails = new RateLimiterMemory({ points: perEmail, duration: seconds });
  const countersOf = ({ address, email }: Try) => [
    { limiter: addresses, key: network(address ?? 'unknown') },
    ...(email === undefined ? [] : [{ limiter: emails, key: email }]),
  ];
  return {
    async take(by) {
      const waits = await Promise.all(countersOf(by).map(({ limiter, key }) => secondsToWait(limiter, key)));
      return Math.max(...waits);
    },
    async giveBack(by) {
      await Promise.all(countersOf(by).map(({ limiter, key }) => limiter.reward(key)));
    },
  };
}

async function secondsToWait(limiter: RateLimiterMemory, key: string): Promise<number> {
  try {
    await limiter.consume(key);
    return 0;
  } catch (reason) {
    // It rejects with a result when there is no room, and with an error when it fails itself.
    if (reason instanceof RateLimiterRes) return Math.max(1, Math.ceil(reason.msBeforeNext / 1000));
    throw reason;
  }
}
