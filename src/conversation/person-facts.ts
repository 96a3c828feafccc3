/** What the engine is told of the person before a turn: plain data, read from the store by whoever runs the turn. */
export interface PersonFacts {
  /** The support requests of this conversation and of the person whose chat it is, the newest first. */
  requests: readonly RequestFacts[];
  /** When an interview may be booked now, the earliest first; milliseconds. */
  slots?: readonly number[];
  /** The interview that is booked in this conversation and not over yet. */
  appointment?: AppointmentFacts;
  /** When a thumb was asked for in the person's other chats; milliseconds. */
  thumbs?: readonly number[];
}

export interface AppointmentFacts {
  /** Milliseconds. */
  start: number;
}

/** One request as its applicant may know it: an outcome that is not yet told is not in it. */
export interface RequestFacts {
  /** Sample: `ASB-7K3Q-9`. */
  reference: string;
  /** Where it stands, by the applicant's own words in `locales/` under `request.status`. */
  status: string;
  /** The service asked for, as the profile names it; undefined when the form asks for none. */
  service?: string;
  /** Milliseconds. */
  submittedAt: number;
  /** No outcome before this; milliseconds. */
  answerNotBefore: number;
  /** Ids of the papers that are still wanted. */
  missing: readonly string[];
  /** Why a paper was sent back, by its id. */
  returned: Readonly<Record<string, string>>;
  /** What staff ask for, or why the committee did not accept, when the person has been told. */
  reason?: string;
  /** What may be done now. */
  actions: readonly RequestAction[];
  /** The answers, when they may be corrected or signed now, with the form that asked for them. */
  correction?: Correction;
}

export interface Correction {
  form: string;
  version: number;
  answers: Readonly<Record<string, unknown>>;
  /** Ids of the papers that the request wants, whether they have come or not. */
  papers: readonly string[];
}

export const requestActions = ['sign', 'papers', 'correct', 'withdraw', 'appeal', 'copy', 'dispute'] as const;
export type RequestAction = (typeof requestActions)[number];

export const nobody: PersonFacts = { requests: [] };
