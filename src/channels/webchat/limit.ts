import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { network } from '../../core/network.js';

/** How many new visitors one address may bring; resolves to the seconds to wait, 0 when there is room. */
export type TokenLimit = (address: string | undefined) => Promise<number>;

export function createTokenLimit(perMinute: number): TokenLimit {
  const limiter = new RateLimiterMemory({ points: perMinute, duration: 60 });
  return async (address = 'unknown') => {
    try {
      await limiter.consume(network(address));
      return 0;
    } catch (reason) {
      // It rejects with a result when there is no room, and with an error when it fails itself.
      if (reason instanceof RateLimiterRes) return Math.max(1, Math.ceil(reason.msBeforeNext / 1000));
      throw reason;
    }
  };
}
