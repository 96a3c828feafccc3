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

const duration = 15 * 60;
/** A whole office may sit behind one address. */
const perAddress = 60;
const perEmail = 10;
/** From all addresses together: much higher, so that nobody is kept out by a stranger who errs in their name. */
const perEmailAnywhere = 100;

export function createSignInLimits(): SignInLimits {
  const addresses = new RateLimiterMemory({ points: perAddress, duration });
  const emails = new RateLimiterMemory({ points: perEmail, duration });
  const anywhere = new RateLimiterMemory({ points: perEmailAnywhere, duration });
  const countersOf = ({ address, email }: Try) => {
    const from = network(address ?? 'unknown');
    const byAddress = { limiter: addresses, key: from };
    if (email === undefined) return [byAddress];
    return [byAddress, { limiter: emails, key: `${from} ${email}` }, { limiter: anywhere, key: email }];
  };
  return {
    async take(by) {
      // In this order, and no further than to the first that is full: what one address tries in vain counts only there.
      for (const { limiter, key } of countersOf(by)) {
        const wait = await secondsToWait(limiter, key);
        if (wait > 0) return wait;
      }
      return 0;
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
