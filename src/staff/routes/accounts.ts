import { z } from 'zod';
import { accountSummary, summaryOf } from '../account.js';
import type { AccountChange } from '../accounts.js';
import type { StaffContext } from '../context.js';
import { fields } from '../fields.js';
import { listOf, pageQuery } from '../list.js';
import { problem, type Problem } from '../problem.js';
import { defineCall, type Call } from '../route.js';

/** What administrators do with accounts. */
export const accountCalls = (context: StaffContext): Call[] => [
  listAccounts(context),
  createAccount(context),
  changeAccount(context),
  inviteAgain(context),
];

const invited = z
  .object({ id: z.string(), invitation: z.string().meta({ description: 'The token of the link, shown only here' }) })
  .meta({ id: 'Invited' });

const listAccounts = ({ accounts }: StaffContext): Call =>
  defineCall({
    method: 'get',
    path: '/accounts',
    summary: 'Accounts of staff, the oldest first',
    roles: ['admin'],
    query: z.strictObject(pageQuery),
    answer: listOf(accountSummary),
    async handle({ query }) {
      const page = await accounts.list(query);
      return { ...page, items: page.items.map(summaryOf) };
    },
  });

const createAccount = ({ accounts, invitations }: StaffContext): Call =>
  defineCall({
    method: 'post',
    path: '/accounts',
    summary: 'Create an account, with an invitation that is valid for seven days',
    roles: ['admin'],
    body: z.strictObject({
      email: fields.email,
      name: fields.name,
      roles: fields.roles,
      locale: fields.locale.default('ar'),
    }),
    status: 201,
    answer: invited,
    problems: [409],
    audit: { action: 'account_created', about: (_input, answer) => answer?.id ?? null },
    async handle({ body }) {
      const created = await accounts.create({ ...body, password: null });
      if (created.type === 'taken') return problem(409, 'staff.emailTaken');
      const { _id } = created.account;
      return { id: _id, invitation: await invitations.make(_id) };
    },
  });

const changeAccount = ({ accounts, sessions }: StaffContext): Call =>
  defineCall({
    method: 'patch',
    path: '/accounts/{id}',
    summary: 'Change roles, name or language, disable or enable; disabling ends all sessions',
    roles: ['admin'],
    params: z.strictObject({ id: fields.id }),
    body: z.strictObject({
      name: fields.name.optional(),
      roles: fields.roles.optional(),
      locale: fields.locale.optional(),
      status: z.enum(['active', 'disabled']).optional(),
      version: z
        .int()
        .optional()
        .meta({ description: 'Refuses the change when somebody else has changed the account since this version' }),
    }),
    answer: accountSummary,
    problems: [404, 409],
    audit: { action: 'account_changed', about: ({ params }) => params.id },
    async handle({ params, body }) {
      const change = await accounts.change(params.id, body);
      if (change.type !== 'changed') return refusals[change.type];
      if (change.account.status === 'disabled') await sessions.endAll(params.id);
      return summaryOf(change.account);
    },
  });

const refusals = {
  unknown: problem(404, 'staff.unknownAccount'),
  changed_meanwhile: problem(409, 'staff.changedMeanwhile'),
  last_admin: problem(409, 'staff.lastAdmin'),
} satisfies Record<Exclude<AccountChange['type'], 'changed'>, Problem>;

const inviteAgain = ({ accounts, invitations }: StaffContext): Call =>
  defineCall({
    method: 'post',
    path: '/accounts/{id}/invitation',
    summary: 'Make a new link for an account, for who lost the first one or forgot the password',
    roles: ['admin'],
    params: z.strictObject({ id: fields.id }),
    body: z.strictObject({}),
    status: 201,
    answer: invited,
    problems: [404, 409],
    audit: { action: 'account_invited', about: ({ params }) => params.id },
    async handle({ params }) {
      const account = await accounts.get(params.id);
      if (!account) return problem(404, 'staff.unknownAccount');
      if (account.status === 'disabled') return problem(409, 'staff.accountDisabled');
      return { id: account._id, invitation: await invitations.make(account._id) };
    },
  });
