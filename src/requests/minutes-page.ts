import { formatDay } from '../language/dates.js';
import { localDigits } from '../language/digits.js';
import { isolate } from '../language/direction.js';
import type { Locale } from '../language/matcher.js';
import { htmlDocument } from '../web/document.js';
import { html, Html } from '../web/html.js';
import { styledPolicy } from '../web/policy.js';
import type { Minutes, MinutesItem } from './minutes.js';
import type { CommitteeContext } from './sitting-change.js';

type Context = Pick<CommitteeContext, 't' | 'organisation'>;

/** The minutes as a page that prints on A4, with a line for every member's signature. */
export function minutesPage({ t, organisation }: Context, minutes: Minutes, locale: Locale): string {
  const say = (key: string, variables?: Record<string, unknown>): string =>
    t(locale, `committee.minutes.${key}`, variables);
  const number = localDigits(minutes.number, locale);
  const dates = formatDay(minutes.date, locale);
  const isDraft = minutes.status === 'open';
  return htmlDocument({
    locale,
    title: say('title', { number }),
    head: new Html(`<style>${style}</style>`),
    body: html`<header>
        <p>${organisation.name[locale]}</p>
        <h1>${say('title', { number })}</h1>
        <p>${say('date', dates)}</p>
        ${isDraft ? html`<p class="draft">${say('draft')}</p>` : undefined}
      </header>
      <h2>${say('present')}</h2>
      ${namesOf(minutes.present)} ${minutes.absent.length > 0 ? html`<h2>${say('absent')}</h2>` : undefined}
      ${minutes.absent.length > 0 ? namesOf(minutes.absent) : undefined}
      <h2>${say('decisions')}</h2>
      ${table(minutes.items, { t, say, locale })}
      <h2>${say('signatures')}</h2>
      <ul class="signatures">
        ${minutes.present.map((name) => html`<li><span>${name}</span><span class="line"></span></li>`)}
      </ul>`,
  });
}

const namesOf = (names: readonly string[]): Html =>
  html`<ul>
    ${names.map((name) => html`<li>${name}</li>`)}
  </ul>`;

interface Saying {
  t: Context['t'];
  say(key: string, variables?: Record<string, unknown>): string;
  locale: Locale;
}

const headings = ['reference', 'service', 'decision', 'reason', 'recused'] as const;

const table = (items: readonly MinutesItem[], saying: Saying): Html =>
  html`<table>
    <thead>
      <tr>
        ${headings.map((heading) => html`<th scope="col">${saying.say(heading)}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${items.map((item) => row(item, saying))}
    </tbody>
  </table>`;

function row({ reference, service, decision, reason, recused }: MinutesItem, { t, say, locale }: Saying): Html {
  const outcome = decision === null ? say('undecided') : t(locale, `committee.decision.${decision}`);
  return html`<tr>
    <td><bdi>${isolate(reference)}</bdi></td>
    <td>${service}</td>
    <td>${outcome}</td>
    <td class="reason">${reason}</td>
    <td>${recused.map(({ name, reason: why }) => html`<p>${say('recusedBecause', { name, reason: why })}</p>`)}</td>
  </tr>`;
}

const style = `
@page { size: A4; margin: 18mm 16mm; }
body { font-family: "Noto Naskh Arabic", "Segoe UI", Tahoma, sans-serif; font-size: 11pt; line-height: 1.6; color: #111;
  max-width: 178mm; margin: 1rem auto; padding: 0 1rem; }
header { text-align: center; border-block-end: 1px solid #444; margin-block-end: 1rem; }
h1 { font-size: 15pt; margin: 0; }
h2 { font-size: 12pt; margin: 1.2rem 0 0.3rem; break-after: avoid; }
ul { margin: 0; padding-inline-start: 1.4rem; }
.draft { font-weight: bold; }
table { width: 100%; border-collapse: collapse; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
th, td { border: 1px solid #666; padding: 2mm; text-align: start; vertical-align: top; }
td p { margin: 0; }
td bdi { white-space: nowrap; }
.reason { white-space: pre-line; overflow-wrap: anywhere; }
.signatures { list-style: none; padding: 0; break-inside: avoid; }
.signatures li { display: flex; gap: 1rem; align-items: end; min-height: 14mm; }
.signatures .line { flex: 1; border-block-end: 1px dotted #444; }
@media print { body { margin: 0; padding: 0; max-width: none; } }
`;

export const minutesPolicy: string = styledPolicy(style);
