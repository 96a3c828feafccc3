/** Where a support request stands. A draft is a form that is still being filled in: it lives in its conversation. */
export const statuses = [
  'submitted', 'verification', 'needs_information', 'committee', 'accepted', 'rejected', 'appeal', 'registration',
  'service', 'delivered', 'closed', 'withdrawn',
] as const; // prettier-ignore
export type Status = (typeof statuses)[number];

/** Who may move a request. `system` moves when a time has come or a condition is met, never by anybody's wish. */
export type Mover = 'applicant' | 'officer' | 'researcher' | 'committee' | 'admin' | 'system';

interface Move {
  to: Status;
  by: readonly Mover[];
  /** The move says why: the applicant reads it. */
  reason?: true;
}

/**
 * The life of a request, from the five policies: data is checked when it is submitted, the committee answers accepted or
 * rejected, registration is completed when the papers are, then the service is given. Nothing else changes a status.
 */
export const lifecycle: Readonly<Record<Status, readonly Move[]>> = {
  submitted: [
    { to: 'verification', by: ['officer', 'researcher', 'admin'] },
    { to: 'withdrawn', by: ['applicant', 'officer', 'admin'] },
  ],
  verification: [
    { to: 'needs_information', by: ['officer', 'researcher', 'admin'], reason: true },
    { to: 'committee', by: ['officer', 'researcher', 'admin'] },
    { to: 'withdrawn', by: ['applicant', 'officer', 'admin'] },
  ],
  needs_information: [
    { to: 'verification', by: ['applicant', 'officer', 'researcher', 'admin', 'system'] },
    { to: 'withdrawn', by: ['applicant', 'officer', 'admin', 'system'] },
  ],
  // Accepted and rejected are only reached by the release of a sitting, when its day has come.
  committee: [
    { to: 'accepted', by: ['system'], reason: true },
    { to: 'rejected', by: ['system'], reason: true },
  ],
  accepted: [
    { to: 'registration', by: ['officer', 'admin', 'system'] },
    { to: 'closed', by: ['officer', 'admin'], reason: true },
  ],
  rejected: [
    { to: 'appeal', by: ['applicant', 'officer', 'admin'], reason: true },
    { to: 'closed', by: ['officer', 'admin', 'system'] },
  ],
  // The committee again; who decided before does not decide now.
  appeal: [{ to: 'committee', by: ['officer', 'researcher', 'admin'] }],
  registration: [
    { to: 'service', by: ['officer', 'admin'] },
    { to: 'closed', by: ['officer', 'admin'], reason: true },
  ],
  service: [
    { to: 'delivered', by: ['officer', 'admin'] },
    { to: 'closed', by: ['officer', 'admin'], reason: true },
  ],
  delivered: [{ to: 'closed', by: ['officer', 'admin', 'system'] }],
  closed: [],
  withdrawn: [],
};

export type MoveCheck =
  | { type: 'allowed' }
  /** Nobody moves a request there from where it is. `possible` are the moves open to this mover. */
  | { type: 'impossible'; possible: Status[] }
  | { type: 'reason_missing' };

export function checkMove(
  from: Status,
  to: Status,
  { by, reason }: { by: readonly Mover[]; reason?: string },
): MoveCheck {
  const move = lifecycle[from].find((one) => one.to === to);
  if (!move || !move.by.some((mover) => by.includes(mover))) {
    return { type: 'impossible', possible: possibleMoves(from, by) };
  }
  return move.reason && !reason?.trim() ? { type: 'reason_missing' } : { type: 'allowed' };
}

export const possibleMoves = (from: Status, by: readonly Mover[]): Status[] =>
  lifecycle[from].filter((move) => move.by.some((mover) => by.includes(mover))).map(({ to }) => to);
