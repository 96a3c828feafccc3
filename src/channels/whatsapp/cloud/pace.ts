import type { Clock } from '../../../core/clock.js';

/** Keeps to WhatsApp's rates, so that it need not refuse us. */
export interface Pace {
  /** Takes leave to send one message to this person; otherwise says how long to wait, in milliseconds. */
  take(person: string): number;
  /** WhatsApp has asked us to wait with this person. */
  restPerson(person: string, ms: number): void;
  /** WhatsApp has asked us to wait with everybody. */
  restAll(ms: number): void;
}

/** Tokens of a bucket: at most `burst`, a new one every `everyMs`. */
interface Rate {
  burst: number;
  everyMs: number;
}

/** One message in six seconds, after 45 at once: https://developers.facebook.com/docs/whatsapp/cloud-api/overview#throughput */
const perPerson: Rate = { burst: 45, everyMs: 6000 };
const perNumber: Rate = { burst: 80, everyMs: 1000 / 80 };
/** Full buckets say nothing and are thrown away from time to time. */
const most = 10_000;

interface Bucket {
  tokens: number;
  at: number;
}

export function createPace({ now }: Clock): Pace {
  const people = new Map<string, Bucket>();
  const everybody: Bucket = { tokens: perNumber.burst, at: now() };

  function bucketOf(person: string): Bucket {
    const bucket = people.get(person) ?? { tokens: perPerson.burst, at: now() };
    if (people.size >= most) {
      for (const [id, one] of people) if (filled(one, perPerson, now()).tokens >= perPerson.burst) people.delete(id);
    }
    people.set(person, bucket);
    return bucket;
  }

  return {
    take(person) {
      const own = fill(bucketOf(person), perPerson, now());
      const all = fill(everybody, perNumber, now());
      const wait = Math.max(missing(own, perPerson), missing(all, perNumber));
      if (wait > 0) return wait;
      own.tokens -= 1;
      all.tokens -= 1;
      return 0;
    },
    restPerson: (person, ms) => void Object.assign(bucketOf(person), empty(ms, perPerson, now())),
    restAll: (ms) => void Object.assign(everybody, empty(ms, perNumber, now())),
  };
}

const fill = (bucket: Bucket, rate: Rate, now: number): Bucket => Object.assign(bucket, filled(bucket, rate, now));

const filled = ({ tokens, at }: Bucket, { burst, everyMs }: Rate, now: number): Bucket => ({
  tokens: Math.min(burst, tokens + Math.max(0, now - at) / everyMs),
  at: Math.max(at, now),
});

const missing = ({ tokens }: Bucket, { everyMs }: Rate): number => Math.max(0, Math.ceil((1 - tokens) * everyMs));

/** The next token comes after `ms`. */
const empty = (ms: number, { everyMs }: Rate, now: number): Bucket => ({ tokens: 1 - ms / everyMs, at: now });
