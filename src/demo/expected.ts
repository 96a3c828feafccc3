/** What the domain answers is what the story expects; anything else is a fault of the story. */
export function expected<T extends { type: string }, Type extends T['type']>(
  outcome: T,
  type: Type,
): Extract<T, { type: Type }> {
  if (is(outcome, type)) return outcome;
  throw new Error(`The demonstration expected "${type}", and it was: ${JSON.stringify(outcome)}`);
}

const is = <T extends { type: string }, Type extends T['type']>(
  outcome: T,
  type: Type,
): outcome is Extract<T, { type: Type }> => outcome.type === type;
