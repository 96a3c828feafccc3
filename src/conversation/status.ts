import { formatDates } from '../language/dates.js';
import { joinList } from '../language/templates.js';
import { formThatOpens, headOf } from './form/about.js';
import type { Choice } from './input.js';
import type { RequestAction, RequestFacts } from './person-facts.js';
import { choicesFor } from './targets.js';
import { phrase, say, type Turn } from './turn.js';

/** How many requests are told at once, the newest first. */
const most = 5;

/** Says where the person's requests stand, and offers what may be done with them. */
export function showStatus(turn: Turn): void {
  const requests = turn.person.requests.slice(0, most);
  if (requests.length === 0) return offerToApply(turn);
  const choices = [
    ...requests.flatMap((request) => actionsOf(turn, request, requests.length > 1)),
    ...choicesFor(turn, [...(turn.state.form ? ['resume'] : []), 'menu']),
  ];
  say(turn, {
    text: requests.map((request) => textOf(turn, request)).join('\n\n'),
    choices,
    expects: { type: 'menu', choices: choices.map(({ value }) => value) },
  });
}

/** No request is known in this chat: it may be asked for by its reference. */
function offerToApply(turn: Turn): void {
  const forms = [
    turn.assets.forms.get('support-request'),
    formThatOpens(turn.assets, 'link'),
    formThatOpens(turn.assets, 'status'),
  ];
  const targets = forms.flatMap((form) => (form ? [`start ${form.id}`] : []));
  say(turn, {
    text: phrase(turn, 'request.none'),
    choices: choicesFor(turn, [...new Set(targets), 'person', 'menu']),
    expects: { type: 'menu' },
  });
}

function textOf(turn: Turn, request: RequestFacts): string {
  const { locale } = turn.state;
  const waits = turn.now < request.answerNotBefore && awaitsDecision.has(request.status);
  const papers = request.missing.map((id) => {
    const label = turn.assets.papers.get(id)?.label[locale] ?? id;
    const reason = request.returned[id];
    return reason ? phrase(turn, 'request.paperReturned', { paper: label, reason }) : label;
  });
  return [
    headOf(turn, request),
    phrase(turn, `request.status.${request.status}`),
    phrase(turn, 'request.submitted', formatDates(request.submittedAt, locale)),
    ...(waits ? [phrase(turn, 'request.answerNotBefore', formatDates(request.answerNotBefore, locale))] : []),
    ...(request.reason ? [phrase(turn, 'request.reason', { reason: request.reason })] : []),
    ...(papers.length > 0 ? [phrase(turn, 'request.papers', { papers: joinList(papers, locale) })] : []),
  ].join('\n');
}

/** Where the committee has not answered yet. */
const awaitsDecision: ReadonlySet<string> = new Set([
  'submitted',
  'verification',
  'needs_information',
  'committee',
  'appeal',
]);

function actionsOf(turn: Turn, request: RequestFacts, several: boolean): Choice[] {
  return request.actions.flatMap((action) => {
    const value = valueOf(turn, request, action);
    if (value === undefined) return [];
    const label = phrase(turn, `request.action.${action}`);
    return [{ value, label: several ? `${label} ${request.reference}` : label }];
  });
}

/** Undefined when this organisation has no form for it. */
function valueOf(turn: Turn, { reference, correction }: RequestFacts, action: RequestAction): string | undefined {
  if (action === 'copy') return `copy:${reference}`;
  const form =
    action === 'correct' || action === 'sign'
      ? turn.assets.forms.get(correction?.form ?? '')
      : formThatOpens(turn.assets, outcomes[action]);
  return form && `start:${form.id}:${reference}`;
}

const outcomes = { papers: 'papers', withdraw: 'withdrawal', appeal: 'appeal', dispute: 'dispute' } as const;

/** Has the signed declaration of a request sent, if it is the person's own. */
export function sendCopy(turn: Turn, reference: string): void {
  const request = turn.person.requests.find((one) => one.reference === reference && one.actions.includes('copy'));
  if (request) turn.effects.push({ type: 'copy_wanted', reference, locale: turn.state.locale });
  say(turn, {
    text: phrase(turn, request ? 'request.copyComes' : 'request.cannot.copy'),
    choices: choicesFor(turn, ['status', 'menu']),
    expects: { type: 'menu' },
  });
}

export function stopReminders(turn: Turn): void {
  turn.effects.push({ type: 'reminders_stopped' });
  say(turn, {
    text: phrase(turn, 'request.remindersStopped'),
    choices: choicesFor(turn, [turn.state.form ? 'resume' : 'status', 'menu']),
    expects: { type: 'menu' },
  });
}
