import type { IncomingHttpHeaders } from 'node:http';
import type { Request, Response } from 'express';
import type { Route } from '../core/http.js';
import type { Locale } from '../language/matcher.js';
import type { AccountRecord } from './account.js';
import { sayProblem, sendAnswer } from './answer.js';
import type { Audit } from './audit.js';
import { readInput, type Say } from './input.js';
import { isProblem, problem, type Problem } from './problem.js';
import type { Call } from './route.js';

export const apiPath = '/api/staff';

/** A request by somebody who has signed in. */
export interface SignedIn {
  account: AccountRecord;
  session: string;
}

export interface ApiContext {
  audit: Audit;
  /** Undefined for a stranger, and for one whose session has ended. */
  whoAsks(headers: IncomingHttpHeaders): Promise<SignedIn | undefined>;
  isSameOrigin(headers: IncomingHttpHeaders): boolean;
  /** A sentence of `locales/`. */
  t(locale: Locale, key: string, variables?: Record<string, unknown>): string;
}

/** Where calls stand, and how they refuse. */
export interface Door {
  below: string;
  refuse(response: Response, refusal: Problem, words: { locale: Locale; say: Say }): void;
}

const apiDoor: Door = { below: apiPath, refuse: (response, refusal, { say }) => sayProblem(response, refusal, say) };

/** The calls as routes of the web server: each is checked, carried out, audited and answered in the same way. */
export const routesOf = (calls: readonly Call[], context: ApiContext, door: Door = apiDoor): Route[] =>
  calls.map((call) => ({
    method: call.method,
    path: door.below + call.path.replace(/\{(\w+)\}/g, ':$1'),
    ...bodyOf(call),
    handle: (request, response) => serve(call, context, { request, response, door }),
  }));

function bodyOf({ body }: Call): Pick<Route, 'body' | 'bodyLimitBytes'> {
  if (body === undefined) return {};
  if (body === 'file') return { body: 'stream' };
  // A file is larger than what a person types.
  return body === 'csv' ? { body: 'raw', bodyLimitBytes: 1024 * 1024 } : { body: 'json' };
}

async function serve(
  call: Call,
  context: ApiContext,
  { door, ...exchange }: { request: Request; response: Response; door: Door },
): Promise<void> {
  const { request, response } = exchange;
  response.set('Cache-Control', 'no-store');
  const foreign = call.method !== 'get' && !context.isSameOrigin(request.headers);
  const asking = foreign ? undefined : await context.whoAsks(request.headers);
  const locale = localeOf(request, asking?.account);
  response.set('Content-Language', locale).vary('Accept-Language');
  const say: Say = (key, variables) => context.t(locale, key, variables);
  const answer = foreign
    ? problem(403, 'staff.foreignSite')
    : await carryOut(call, { ...exchange, audit: context.audit, asking, locale, say });
  // What nobody has read of a file is let through to its end, or the answer would not be heard.
  if (call.body === 'file') request.resume();
  if (isProblem(answer)) door.refuse(response, answer, { locale, say });
  else await sendAnswer(response, call, answer);
}

interface Asked {
  request: Request;
  response: Response;
  audit: Audit;
  asking: SignedIn | undefined;
  locale: Locale;
  say: Say;
}

async function carryOut(call: Call, asked: Asked): Promise<unknown> {
  const refused = refusalOf(call, asked.asking?.account);
  if (refused?.status === 403 && call.audit && call.audit !== 'own') {
    const { action } = call.audit;
    await asked.audit.write({ by: byOf(asked), action, about: null, outcome: 'refused' });
  }
  if (refused) return refused;
  const read = readInput(call, asked.request, asked);
  if (read.type === 'refused') return read.problem;
  const { params, query, body } = read;
  return audited(call, asked, { account: asked.asking?.account, params, query, body, request: factsOf(asked) });
}

type HandlerInput = Parameters<Call['handle']>[0];

/** The entry follows the change: what is not carried out leaves no trace that says it was. */
async function audited(call: Call, asked: Asked, input: HandlerInput): Promise<unknown> {
  if (!call.audit || call.audit === 'own') return call.handle(input);
  const rule = call.audit;
  const write = (outcome: 'done' | 'refused' | 'failed', answer?: unknown): Promise<void> => {
    const reason = rule.reason?.(input);
    const about = rule.about?.(input, answer) ?? null;
    const entry = { by: byOf(asked), action: rule.action, about, outcome };
    return asked.audit.write({ ...entry, ...(reason === undefined ? {} : { reason }) });
  };
  try {
    const answer = await call.handle(input);
    await (isProblem(answer) ? write('refused') : write('done', answer));
    return answer;
  } catch (error) {
    // The failure itself is what the caller must hear of, also when the store is the one that failed.
    await write('failed').catch(() => {});
    throw error;
  }
}

const byOf = ({ asking }: Asked): string => asking?.account._id ?? 'stranger';

function refusalOf({ roles }: Call, account: AccountRecord | undefined): Problem | undefined {
  if (roles === 'anyone') return undefined;
  if (!account) return problem(401, 'staff.signIn');
  if (roles === 'signed-in' || account.roles.some((role) => roles.includes(role))) return undefined;
  return problem(403, 'staff.notAllowed');
}

const factsOf = ({ request, response, asking, locale }: Asked): HandlerInput['request'] => ({
  address: request.ip,
  locale,
  session: asking?.session,
  header: (name) => request.get(name),
  setHeader: (name, value) => void response.append(name, value),
});

/** What an address or the browser asks for, else the account's own language, else Arabic. */
function localeOf(request: Request, account: AccountRecord | undefined): Locale {
  const { lang } = request.query;
  if (lang === 'ar' || lang === 'en') return lang;
  const own = account?.locale ?? 'ar';
  const other = own === 'ar' ? 'en' : 'ar';
  return request.acceptsLanguages(own, other) === other ? other : own;
}
