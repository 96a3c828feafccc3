import { z } from 'zod';
import { accountSummary, summaryOf, type AccountRecord } from '../account.js';
import { refuseTooMany, type StaffContext } from '../context.js';
import { fields } from '../fields.js';
import { problem } from '../problem.js';
import { defineCall, noContent, type Call, type RequestFacts } from '../route.js';

/** Signing in and out, one's own account, one's own password. */
export const sessionCalls = (context: StaffContext): Call[] => [
  signIn(context),
  ownAccount,
  signOut(context),
  changePassword(context),
];

const signIn = (context: StaffContext): Call =>
  defineCall({
    method: 'post',
    path: '/session',
    summary: 'Sign in: sets the session cookie',
    roles: 'anyone',
    body: z.strictObject({ email: z.string().trim().toLowerCase().max(254), password: fields.typedPassword }),
    answer: accountSummary,
    problems: [401, 429],
    audit: 'own',
    async handle({ body: { email, password }, request }) {
      const tooMany = await refuseTooMany(context, request, email);
      if (tooMany) return tooMany;
      const account = await context.accounts.byEmail(email);
      const right = await context.passwords.matches(account?.password ?? null, password);
      const about = account?._id ?? context.concealed(email);
      if (!account || !right || account.status !== 'active') {
        await context.audit.write({ by: 'stranger', action: 'signed_in', about, outcome: 'refused' });
        return problem(401, 'staff.wrongSignIn');
      }
      await context.limits.giveBack({ address: request.address, email });
      await openSession(context, account, request);
      await context.audit.write({ by: account._id, action: 'signed_in', about, outcome: 'done' });
      return summaryOf(account);
    },
  });

async function openSession({ sessions, cookie }: StaffContext, account: AccountRecord, request: RequestFacts) {
  if (request.session !== undefined) await sessions.end(request.session);
  request.setHeader('Set-Cookie', cookie.write(await sessions.open(account)));
}

const ownAccount = defineCall({
  method: 'get',
  path: '/session',
  summary: 'The account that is signed in',
  roles: 'signed-in',
  answer: accountSummary,
  handle: ({ account }) => summaryOf(account),
});

const signOut = ({ sessions, cookie, audit }: StaffContext): Call =>
  defineCall({
    method: 'delete',
    path: '/session',
    summary: 'Sign out; nothing happens when nobody is signed in',
    roles: 'anyone',
    answer: noContent,
    audit: 'own',
    async handle({ account, request }) {
      request.setHeader('Set-Cookie', cookie.remove());
      if (!account || request.session === undefined) return undefined;
      await sessions.end(request.session);
      await audit.write({ by: account._id, action: 'signed_out', about: account._id, outcome: 'done' });
      return undefined;
    },
  });

const changePassword = (context: StaffContext): Call =>
  defineCall({
    method: 'post',
    path: '/session/password',
    summary: 'Change the own password: ends every session but gives a new one here',
    roles: 'signed-in',
    body: z.strictObject({ present: fields.typedPassword, password: fields.newPassword }),
    answer: accountSummary,
    problems: [409, 429],
    audit: { action: 'password_changed', about: ({ account }) => account._id },
    async handle({ account, body, request }) {
      const tooMany = await refuseTooMany(context, request, account.email);
      if (tooMany) return tooMany;
      const right = await context.passwords.matches(account.password, body.present);
      if (!right) return problem(409, 'staff.wrongPassword');
      await context.limits.giveBack({ address: request.address, email: account.email });
      const changed = await context.accounts.setPassword(account._id, await context.passwords.hash(body.password));
      if (!changed) return problem(401, 'staff.signIn');
      await context.sessions.endAll(account._id);
      await openSession(context, changed, request);
      return summaryOf(changed);
    },
  });
