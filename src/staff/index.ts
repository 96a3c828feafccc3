import { createHmac } from 'node:crypto';
import type { Clock } from '../core/clock.js';
import type { Route } from '../core/http.js';
import type { Ids } from '../core/ids.js';
import type { Log } from '../core/log.js';
import type { Store } from '../store/collection.js';
import type { AccountRecord } from './account.js';
import { createAccounts } from './accounts.js';
import { routesOf, type ApiContext } from './api.js';
import { createAudit, type AuditRecord } from './audit.js';
import type { StaffContext } from './context.js';
import { createSessionCookie } from './cookie.js';
import { createInvitations, type InvitationRecord } from './invitations.js';
import { createSignInLimits } from './limits.js';
import { describingCall } from './openapi.js';
import { createPasswords } from './passwords.js';
import { pageDoor } from './pages.js';
import type { Call } from './route.js';
import { accountCalls } from './routes/accounts.js';
import { auditCalls } from './routes/audit.js';
import { invitationCalls } from './routes/invitations.js';
import { sessionCalls } from './routes/session.js';
import { createSameOrigin } from './same-origin.js';
import { createSessions, type SessionRecord } from './sessions.js';

export interface StaffOptions {
  store: Store;
  clock: Clock;
  ids: Ids;
  log: Log;
  /** Says sentences of `locales/`. */
  t: ApiContext['t'];
  /** For keyed hashes in the audit log. */
  auditKey: Buffer;
  publicUrl?: string | undefined;
  /** The first administrator, made at the start when there is no account. */
  admin?: { email: string; password: string } | undefined;
  /** Of all other resources. */
  calls: readonly Call[];
  /** Pages for signed-in staff, below `/staff`; the description of the API does not know them. */
  pages?: readonly Call[];
}

export interface Staff {
  routes: readonly Route[];
  /** Makes the first administrator, or resolves to the token of a set-up link while there is no account. */
  start(): Promise<string | undefined>;
}

/** The API of the staff console: accounts, sessions and the audit log, and the calls that are handed in. */
export function createStaff(options: StaffOptions): Staff {
  const context = createContext(options);
  const records = options.store.collection<AuditRecord>('audit');
  const calls = [
    ...sessionCalls(context),
    ...invitationCalls(context),
    ...accountCalls(context),
    ...auditCalls(records),
    ...options.calls,
  ];
  const { cookie, sessions, audit } = context;
  const api: ApiContext = {
    audit,
    isSameOrigin: createSameOrigin(options.publicUrl),
    t: options.t,
    async whoAsks(headers) {
      const token = cookie.read(headers);
      return token === undefined ? undefined : sessions.find(token);
    },
  };
  const routes = [
    ...routesOf([...calls, describingCall(calls, cookie.name)], api),
    ...routesOf(options.pages ?? [], api, pageDoor),
  ];
  return { routes, start: () => openFirstDoor(context, options) };
}

function createContext({ store, auditKey, publicUrl, ...common }: StaffOptions): StaffContext {
  const accounts = createAccounts({ ...common, records: store.collection<AccountRecord>('accounts') });
  return {
    accounts,
    sessions: createSessions({ ...common, accounts, records: store.collection<SessionRecord>('sessions') }),
    invitations: createInvitations({ ...common, records: store.collection<InvitationRecord>('invitations') }),
    passwords: createPasswords(common.ids),
    limits: createSignInLimits(),
    cookie: createSessionCookie(publicUrl),
    audit: createAudit(store.collection<AuditRecord>('audit'), common),
    concealed: (email) => createHmac('sha256', auditKey).update(email).digest('base64url').slice(0, 22),
  };
}

/** Two servers that start at once on one database make one account: its e-mail address is unique. */
async function openFirstDoor(context: StaffContext, { admin, t, log }: StaffOptions): Promise<string | undefined> {
  const { accounts, passwords, invitations } = context;
  if (await accounts.areThere()) return undefined;
  if (!admin) return invitations.make(null);
  const { email } = admin;
  const password = await passwords.hash(admin.password);
  const name = t('ar', 'staff.firstAdmin');
  const made = await accounts.create({ email, name, roles: ['admin'], locale: 'ar', password });
  if (made.type === 'created') log.info('the first administrator was made from ADMIN_EMAIL');
  return undefined;
}
