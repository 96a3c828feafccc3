import type { Accounts } from './accounts.js';
import type { Audit } from './audit.js';
import type { SessionCookie } from './cookie.js';
import type { Invitations } from './invitations.js';
import type { SignInLimits } from './limits.js';
import type { Passwords } from './passwords.js';
import { problem, type Problem } from './problem.js';
import type { RequestFacts } from './route.js';
import type { Sessions } from './sessions.js';

/** What the calls about staff themselves stand on. */
export interface StaffContext {
  accounts: Accounts;
  sessions: Sessions;
  invitations: Invitations;
  passwords: Passwords;
  limits: SignInLimits;
  cookie: SessionCookie;
  audit: Audit;
  /** A keyed hash: finds the tries with one e-mail address in the audit log, and tells nobody the address. */
  concealed(email: string): string;
}

/** The refusal of a try too many, or undefined when there is room for this one. */
export async function refuseTooMany(
  { limits }: Pick<StaffContext, 'limits'>,
  request: RequestFacts,
  email?: string,
): Promise<Problem | undefined> {
  const wait = await limits.take({ address: request.address, ...(email === undefined ? {} : { email }) });
  if (wait === 0) return undefined;
  request.setHeader('Retry-After', String(wait));
  return problem(429, 'staff.tooMany');
}
