/** Who applies for somebody else, as the form of the request has asked. The flow check holds it to these names. */
export interface Representative {
  name: string;
  /** E.164. */
  mobile: string;
  /** Id of a choice of the form. Sample: `parent`. */
  relationship: string;
}

/** Undefined when people apply for themselves. */
export function representativeIn(answers: Readonly<Record<string, unknown>>): Representative | undefined {
  const { representativeName: name, representativeMobile: mobile, relationship } = answers;
  if (typeof name !== 'string' || typeof mobile !== 'string') return undefined;
  return { name, mobile, relationship: typeof relationship === 'string' ? relationship : '' };
}
