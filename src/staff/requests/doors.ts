import { doorOf, type EncounterKind } from '../../people/encounters.js';
import { problem, type Problem } from '../problem.js';
import type { RequestCallsContext } from './context.js';

/** Refuses a way that the organisation's own list does not have; undefined when it has it. */
export function refuseDoor({ assets }: RequestCallsContext, kind: EncounterKind): Problem | undefined {
  const own = assets.organisation.channels.map((door) => (typeof door === 'string' ? door : door.id));
  return own.includes(doorOf[kind]) ? undefined : problem(422, `encounter.noDoor.${kind}`, { doors: own });
}
