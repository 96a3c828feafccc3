/** A condition in its parts, e.g. `answers.income < 5000`; without `than` it asks whether there is anything. */
export interface Condition {
  negated: boolean;
  path: string;
  than?: { sign: '=' | '!=' | '<' | '>'; value: string };
}

/** Reads what the schema has let through. */
export function readCondition(written: string): Condition {
  const negated = written.startsWith('not ');
  const [path = '', sign, value = ''] = (negated ? written.slice(4) : written).split(' ');
  return sign === '=' || sign === '!=' || sign === '<' || sign === '>'
    ? { negated, path, than: { sign, value } }
    : { negated, path };
}
