import { z } from 'zod';
import { accountSummary, summaryOf, type AccountRecord } from '../account.js';
import { refuseTooMany, type StaffContext } from '../context.js';
import { fields } from '../fields.js';
import type { InvitationRecord } from '../invitations.js';
import { problem, type Problem } from '../problem.js';
import { defineCall, type Call } from '../route.js';

/** What somebody does who was sent a link. */
export const invitationCalls = (context: StaffContext): Call[] => [readInvitation(context), acceptInvitation(context)];

const byToken = z.strictObject({ token: fields.token });

const invitation = z
  .object({ type: z.enum(['invitation', 'set_up']), email: z.string().nullable(), name: z.string().nullable() })
  .meta({ id: 'Invitation' });

const readInvitation = (context: StaffContext): Call =>
  defineCall({
    method: 'get',
    path: '/invitations/{token}',
    summary: 'Whose link this is, and whether it is still valid; the set-up link is nobody’s yet',
    roles: 'anyone',
    params: byToken,
    answer: invitation,
    problems: [404, 429],
    async handle({ params, request }) {
      const tooMany = await refuseTooMany(context, request);
      if (tooMany) return tooMany;
      const link = await open(context, params.token);
      if (!link) return problem(404, 'staff.unknownInvitation');
      await context.limits.giveBack({ address: request.address });
      return shown(link);
    },
  });

const acceptance = z.strictObject({
  password: fields.newPassword,
  email: fields.email.optional().meta({ description: 'For the set-up link only' }),
  name: fields.name.optional().meta({ description: 'For the set-up link only' }),
  locale: fields.locale.optional().meta({ description: 'For the set-up link only' }),
});
type Acceptance = z.output<typeof acceptance>;

const acceptInvitation = (context: StaffContext): Call =>
  defineCall({
    method: 'post',
    path: '/invitations/{token}',
    summary: 'Choose a password by a link, once; by the set-up link the first administrator is made',
    roles: 'anyone',
    params: byToken,
    body: acceptance,
    answer: accountSummary,
    problems: [404, 429],
    audit: { action: 'invitation_accepted', about: (_input, answer) => answer?.id ?? null },
    async handle({ params, body, request }) {
      const tooMany = await refuseTooMany(context, request);
      if (tooMany) return tooMany;
      const link = await open(context, params.token);
      if (!link) return problem(404, 'staff.unknownInvitation');
      await context.limits.giveBack({ address: request.address });
      return link.account ? acceptOwn(context, link, body) : setUp(context, link.record, body);
    },
  });

interface OpenLink {
  record: InvitationRecord;
  /** Undefined is the set-up link. */
  account: AccountRecord | undefined;
}

const shown = ({ account }: OpenLink): z.input<typeof invitation> =>
  account
    ? { type: 'invitation', email: account.email, name: account.name }
    : { type: 'set_up', email: null, name: null };

/** Undefined for a link that opens nothing (any more); why is not told. */
async function open({ invitations, accounts }: StaffContext, secret: string): Promise<OpenLink | undefined> {
  const record = await invitations.find(secret);
  if (!record) return undefined;
  if (record.account === null) return (await accounts.areThere()) ? undefined : { record, account: undefined };
  const account = await accounts.get(record.account);
  return account?.status === 'active' ? { record, account } : undefined;
}

async function acceptOwn(context: StaffContext, { record, account }: OpenLink, body: Acceptance) {
  if (!account || body.email !== undefined || body.name !== undefined || body.locale !== undefined) {
    return problem(409, 'staff.setUpOnly');
  }
  const password = await context.passwords.hash(body.password);
  if (!(await context.invitations.use(record))) return problem(404, 'staff.unknownInvitation');
  const changed = await context.accounts.setPassword(account._id, password);
  if (!changed) return problem(404, 'staff.unknownInvitation');
  await context.sessions.endAll(account._id);
  return summaryOf(changed);
}

async function setUp(context: StaffContext, record: InvitationRecord, body: Acceptance) {
  const { password, email, name, locale = 'ar' } = body;
  if (email === undefined || name === undefined) return missing({ email, name });
  const hash = await context.passwords.hash(password);
  if (!(await context.invitations.use(record))) return problem(404, 'staff.unknownInvitation');
  const created = await context.accounts.create({ email, name, roles: ['admin'], locale, password: hash });
  return created.type === 'created' ? summaryOf(created.account) : problem(404, 'staff.unknownInvitation');
}

function missing(given: Record<'email' | 'name', string | undefined>): Problem {
  const paths = Object.entries(given).flatMap(([path, value]) => (value === undefined ? [path] : []));
  return problem(400, 'staff.setUpNeedsPerson', { errors: paths.map((path) => ({ path })) });
}
