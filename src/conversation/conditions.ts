import { readCondition, type Condition } from '../flows/condition.js';
import type { Form, Offer, Organisation } from '../flows/schema.js';

/**
 * What conditions may ask: which facts a profile gives, which doors and documents it has, which organisation it is, and
 * in a form or of a paper the answers.
 */
export type Facts = Readonly<Record<string, unknown>>;

export const factsOf = (organisation: Organisation): Facts => ({
  contact: organisation.contact,
  licence: organisation.licence,
  channels: Object.fromEntries(doorIds(organisation).map((door) => [door, true])),
  tools: Object.fromEntries(organisation.tools.map((tool) => [tool, true])),
  organisation: { [organisation.id]: true },
});

/**
 * Whether a condition like `contact.phone`, `not channels.letters` or `answers.housing = rent` holds. What was never
 * answered fails every comparison.
 */
export function holds(written: string, facts: Facts): boolean {
  const { negated, path, than } = readCondition(written);
  const value = valueAt(facts, path);
  return (than ? compares(value, than) : value !== undefined && value !== false) !== negated;
}

/** The targets that are offered, as things are. */
export const offeredBy = (offers: readonly Offer[], facts: Facts): string[] =>
  offers.flatMap((offer) => {
    if (typeof offer === 'string') return [offer];
    return holds(offer.when, facts) ? [offer.to] : [];
  });

/** Whether the organisation has the door that the form is, and the times that it asks for. */
export const isOpen = ({ door, steps }: Form, organisation: Organisation): boolean =>
  (door === undefined || doorIds(organisation).includes(door)) &&
  (organisation.interviews !== undefined || !steps.some(({ type }) => type === 'slot'));

function compares(value: unknown, { sign, value: wanted }: NonNullable<Condition['than']>): boolean {
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') return false;
  switch (sign) {
    case '=':
      return String(value) === wanted;
    case '!=':
      return String(value) !== wanted;
    case '<':
      return Number(value) < Number(wanted);
    case '>':
      return Number(value) > Number(wanted);
    default:
      return sign satisfies never;
  }
}

function valueAt(facts: Facts, path: string): unknown {
  let value: unknown = facts;
  for (const key of path.split('.')) value = isRecord(value) && Object.hasOwn(value, key) ? value[key] : undefined;
  return value;
}

const doorIds = ({ channels }: Organisation) => channels.map((door) => (typeof door === 'string' ? door : door.id));

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
