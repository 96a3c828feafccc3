import type { Translate } from '../conversation/texts.js';
import type { ScaleSurvey } from '../flows/survey-schema.js';
import type { Organisation } from '../flows/schema.js';
import { formatDay } from '../language/dates.js';
import { localDigits } from '../language/digits.js';
import type { Locale } from '../language/matcher.js';
import { htmlDocument } from '../web/document.js';
import { html, Html } from '../web/html.js';
import type { Figures } from './figures.js';
import { answerBars, dots, themeBars, trend, type Plotting } from './report-plots.js';
import { reportStyle } from './report-style.js';
import { responseRate, type LabelOf, type Report, type ReportBy } from './report.js';
import { weekAfter, weeksBetween } from './week.js';
import type { ThemeCount } from './words.js';

export interface PageContext {
  organisation: Organisation;
  scale: ScaleSurvey | undefined;
  t: Translate;
  labelOf: LabelOf;
  /** What an account is called. */
  ownerOf(account: string): string;
}

interface Sheet extends PageContext {
  report: Report;
  locale: Locale;
  plotting: Plotting;
  say(key: string, variables?: Record<string, unknown>): string;
}

/** The report as a sheet for the board: one page of A4 on paper. */
export function reportPage(context: PageContext, report: Report, locale: Locale): string {
  const sheet: Sheet = {
    ...context,
    report,
    locale,
    plotting: {
      rtl: locale === 'ar',
      number: (count) => localDigits(count, locale),
      percent: (share) => `${localDigits(Math.round(share * 100), locale)}${locale === 'ar' ? '٪' : '%'}`,
    },
    say: (key, variables) => context.t(locale, `survey.report.${key}`, variables),
  };
  const { say } = sheet;
  const other = locale === 'ar' ? 'en' : 'ar';
  const query = `from=${report.from}&to=${report.to}`;
  return htmlDocument({
    locale,
    title: `${say('title')} · ${context.organisation.shortName[locale]}`,
    head: new Html(`<style>${styleOf(context)}</style>`),
    body: html`<nav>
        <a href="?lang=${other}&${query}" lang="${other}">${context.t(other, 'survey.report.thisLanguage')}</a>
        <a href="/api/staff/satisfaction.csv?by=service&locale=${locale}&${query}">${say('spreadsheet')}</a>
        ${periods(sheet)}
      </nav>
      <main>
        ${head(sheet)} ${report.total.count === 0 ? html`<p class="wide empty">${say('nothing')}</p>` : plots(sheet)}
        ${wordsPart(sheet)} ${quotes(sheet)} ${improvementsPart(sheet)}
        <footer>${say('kept')}</footer>
      </main>`,
  });
}

export const styleOf = ({ organisation }: Pick<PageContext, 'organisation'>): string =>
  reportStyle(organisation.brand?.colour);

/** Other times to look at: as long before these, the latest, and a year. */
function periods({ report: { from, to }, locale, say }: Sheet): Html {
  const weeks = weeksBetween(from, to) + 1;
  const link = (name: string, query: string): Html =>
    html`<a href="?lang=${locale}${query}">${say(`show.${name}`)}</a>`;
  return html`${link('before', `&from=${weekAfter(from, -weeks)}&to=${weekAfter(from, -1)}`)} ${link('latest', '')}
  ${link('year', `&from=${weekAfter(to, -51)}&to=${to}`)}`;
}

function head({ report, locale, organisation, say, plotting }: Sheet): Html {
  const { total, before, asked, askedBefore } = report;
  const [first, last] = [formatDay(report.from, locale), formatDay(lastDay(report.to), locale)];
  const rate = responseRate(total, asked);
  const rateBefore = responseRate(before, askedBefore);
  return html`<header>
      <div>
        <p class="who">${organisation.name[locale]}</p>
        <h1>${say('title')}</h1>
      </div>
      <p class="when">
        ${say('period', { from: first.hijri, to: last.hijri })}<br />${say('period', { from: first.gregorian, to: last.gregorian })}
      </p>
    </header>
    <div class="hero">
      <div class="card first">
        <p class="note">${say('satisfied')}</p>
        <p class="big">${total.csat === null ? '—' : plotting.percent(total.csat)}</p>
        <p class="note">${certainty(total, say, plotting)} ${changeOf(total.csat, before.csat, { say, plotting })}</p>
      </div>
      <div class="card">
        <p class="note">${say('opinions')}</p>
        <p class="big">${plotting.number(total.count)}</p>
        <p class="note">${say('countBefore', { number: plotting.number(before.count) })}</p>
      </div>
      <div class="card">
        <p class="note">${say('answered')}</p>
        <p class="big">${rate === null ? '—' : plotting.percent(rate)}</p>
        <p class="note">
          ${rateBefore === null ? say('noneBefore') : say('shareBefore', { share: plotting.percent(rateBefore) })}
        </p>
      </div>
    </div>`;
}

const lastDay = (week: string): string => new Date(Date.parse(weekAfter(week, 1)) - 1).toISOString().slice(0, 10);

type Words = Pick<Sheet, 'say' | 'plotting'>;

const certainty = ({ low, high }: Figures, say: Sheet['say'], { percent }: Plotting): string =>
  low === null || high === null ? '' : say('between', { low: percent(low), high: percent(high) });

function changeOf(now: number | null, before: number | null, { say, plotting }: Words): string {
  if (now === null || before === null) return say('noneBefore');
  const points = Math.round(now * 100) - Math.round(before * 100);
  if (points === 0) return say('same');
  const count = Math.abs(points);
  return say(points > 0 ? 'up' : 'down', { count, points: plotting.number(count) });
}

function plots(sheet: Sheet): Html {
  const { report, say, plotting, locale, scale } = sheet;
  const answers = report.total.counts.map((count, place) => ({
    label: scale?.scale[place]?.label[locale] ?? plotting.number(place + 1),
    count,
  }));
  return html`<div class="plots">
    ${figure(
      say('distribution'),
      answerBars(plotting, answers),
      table(
        [say('answer'), say('opinions')],
        answers.map(({ label, count }) => [label, plotting.number(count)]),
      ),
    )}
    ${by(sheet, 'week')} ${by(sheet, 'service')} ${by(sheet, 'stage')} ${by(sheet, 'channel')} ${by(sheet, 'language')}
  </div>`;
}

function by({ report, say, plotting, locale, labelOf }: Sheet, dimension: ReportBy): Html {
  const rows = (dimension === 'week' ? report.trend : report.rows[dimension]).map((row) => ({
    ...row,
    label: labelOf(dimension, row.key, locale),
  }));
  const plot = dimension === 'week' ? trend(plotting, rows) : dots(plotting, rows, report.total.csat);
  const cells = rows.map((row) => [
    row.label,
    plotting.number(row.count),
    row.csat === null ? '' : plotting.percent(row.csat),
    certainty(row, say, plotting),
  ]);
  const heads = [say(`by.${dimension}`), say('opinions'), say('satisfied'), say('certainty')];
  return figure(say(`by.${dimension}`), plot, table(heads, cells));
}

const figure = (title: string, plot: Html, aloud: Html): Html =>
  html`<figure>
    <h2>${title}</h2>
    ${plot}${aloud}
  </figure>`;

const table = (heads: readonly string[], rows: readonly (readonly string[])[]): Html =>
  html`<div class="aloud">
    <table>
      <thead>
        <tr>
          ${heads.map((cell) => html`<th scope="col">${cell}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          ([first = '', ...cells]) =>
            html`<tr>
              <th scope="row">${first}</th>
              ${cells.map((cell) => html`<td>${cell}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;

function wordsPart({ report, say, plotting, locale }: Sheet): Html {
  const part = (key: 'comments' | 'suggested' | 'asked', themes: readonly ThemeCount[]): Html => {
    const list = themes.slice(0, mostThemes).map(({ label, count }) => ({ label: label[locale], count }));
    const title = say(`themes.${key}`);
    if (list.length === 0)
      return html`<section>
        <h2>${title}</h2>
        <p class="empty">${say('tooFew')}</p>
      </section>`;
    return figure(
      title,
      themeBars(plotting, list),
      table(
        [title, say('times')],
        list.map(({ label, count }) => [label, plotting.number(count)]),
      ),
    );
  };
  const { comments, suggested, asked } = report.themes;
  const { up, down } = report.thumbs;
  const thumbs = { share: plotting.percent(up / (up + down)), number: plotting.number(up + down) };
  return html`<div class="words">
    ${part('comments', comments)}${part('suggested', suggested)}
    <div>
      ${part('asked', asked)}${up + down === 0 ? undefined : html`<p class="note">${say('thumbs', thumbs)}</p>`}
    </div>
  </div>`;
}

/** So many are read on one sheet; the API has them all. */
const [mostThemes, mostQuotes, mostImprovements] = [4, 6, 4];

function quotes({ report, say }: Sheet): Html | undefined {
  const some = [...new Set(report.comments)].slice(0, mostQuotes);
  if (some.length === 0) return undefined;
  return html`<section class="wide">
    <h2>${say('comments')}</h2>
    <div class="quotes">${some.map((comment) => html`<blockquote dir="auto">${comment}</blockquote>`)}</div>
  </section>`;
}

function improvementsPart({ report, say, locale, ownerOf }: Sheet): Html {
  const some = report.improvements.slice(0, mostImprovements);
  return html`<section class="wide">
    <h2>${say('improvements')}</h2>
    ${
      some.length === 0
        ? html`<p class="empty">${say('noImprovements')}</p>`
        : html`<ol>
            ${some.map(
              ({ date, said, did, owner }) =>
                html`<li>
                  <time datetime="${date}">${formatDay(date, locale).gregorian}</time>
                  <p>
                    <strong>${did[locale] ?? did.ar}</strong>
                    <span class="note"
                      >${say('because', { said: said[locale] ?? said.ar })} · <bdi>${ownerOf(owner)}</bdi></span
                    >
                  </p>
                </li>`,
            )}
          </ol>`
    }
  </section>`;
}
