import { html, type Html } from '../web/html.js';
import type { Figures } from './figures.js';

/** How a plot speaks: all its words come from outside, and its x runs from the side where reading begins. */
export interface Plotting {
  rtl: boolean;
  number(count: number): string;
  percent(share: number): string;
}

const usual = 340;

/** From the reader's beginning: the right-hand side in Arabic. */
const from = ({ rtl }: Plotting, x: number, width = usual): number => round(rtl ? width - x : x);
/** The left edge of something so wide. */
const edge = ({ rtl }: Plotting, x: number, { wide, width = usual }: { wide: number; width?: number }): number =>
  round(rtl ? width - x - wide : x);
const round = (value: number): number => Math.round(value * 10) / 10;

export interface Bar {
  label: string;
  count: number;
}

const rowHeight = 24;

/** A bar for each answer with its face, the best first; `list` begins with the worst. */
export function answerBars(plotting: Plotting, list: readonly Bar[]): Html {
  const most = Math.max(1, ...list.map(({ count }) => count));
  const total = Math.max(1, list.reduce((sum, { count }) => sum + count, 0)); // prettier-ignore
  const begins = 122;
  const rows = list.map((bar, place) => ({ ...bar, step: place + 1 })).toReversed();
  return frame(
    plotting,
    rows.length * rowHeight,
    rows.map(({ label, count, step }, place) => {
      const wide = Math.max(2, (count / most) * (usual - begins - 78));
      const y = place * rowHeight;
      return html`${face(from(plotting, 9), y + 12, step)}
        <text class="label" x="${from(plotting, 24)}" y="${y + 17}">${label}</text>
        <rect
          class="step${step}"
          x="${edge(plotting, begins, { wide })}"
          y="${y + 4}"
          width="${round(wide)}"
          height="16"
          rx="4"
        />
        <text class="figure" x="${from(plotting, begins + wide + 6)}" y="${y + 17}"
          >${plotting.number(count)} (${plotting.percent(count / total)})</text
        >`;
    }),
  );
}

/** Drawn, because not every machine has the signs for faces. */
function face(x: number, y: number, step: number): Html {
  const bend = (step - 3) * 2.2;
  const mouth = round(y + 3.5 - bend / 4);
  return html`<circle class="step${step}" cx="${x}" cy="${y}" r="8" />
    <circle class="eye" cx="${round(x - 2.8)}" cy="${y - 2}" r="1.1" />
    <circle class="eye" cx="${round(x + 2.8)}" cy="${y - 2}" r="1.1" />
    <path class="mouth" d="M${round(x - 3.6)} ${mouth} Q${x} ${round(mouth + bend)} ${round(x + 3.6)} ${mouth}" />`;
}

const narrow = 220;
const themeHeight = 32;

/** A bar under each name, for a narrow column. */
export function themeBars(plotting: Plotting, list: readonly Bar[]): Html {
  const most = Math.max(1, ...list.map(({ count }) => count));
  return frame(
    plotting,
    list.length * themeHeight,
    list.map(({ label, count }, place) => {
      const wide = Math.max(2, (count / most) * narrow);
      const y = place * themeHeight;
      return html`<text class="label" x="${from(plotting, 0, narrow)}" y="${y + 13}">${label}</text>
        <text class="figure" text-anchor="end" x="${from(plotting, narrow, narrow)}" y="${y + 13}"
          >${plotting.number(count)}</text
        >
        <rect
          class="bar"
          x="${edge(plotting, 0, { wide, width: narrow })}"
          y="${y + 18}"
          width="${round(wide)}"
          height="7"
          rx="3.5"
        />`;
    }),
    narrow,
  );
}

export interface Dot extends Figures {
  label: string;
}

/** A dot for the share of the satisfied, and a line for where it may lie; the same scale from 0 to 100 everywhere. */
export function dots(plotting: Plotting, list: readonly Dot[], average: number | null): Html {
  const begins = 152;
  const room = usual - begins - 44;
  const at = (share: number): number => from(plotting, begins + share * room);
  const height = list.length * rowHeight + 18;
  return frame(plotting, height, [
    ...[0, 0.5, 1].map(
      (share) =>
        html`<line class="grid" x1="${at(share)}" x2="${at(share)}" y1="2" y2="${height - 18}" />
          <text class="tick" text-anchor="middle" x="${at(share)}" y="${height - 4}">${plotting.percent(share)}</text>`,
    ),
    average === null
      ? undefined
      : html`<line class="average" x1="${at(average)}" x2="${at(average)}" y1="2" y2="${height - 18}" />`,
    ...list.map(({ label, count, csat, low, high }, place) => {
      const y = place * rowHeight + 14;
      return html`<text class="label" x="${from(plotting, 0)}" y="${y + 4}">${label}</text>
        <line class="whisker" x1="${at(low ?? 0)}" x2="${at(high ?? 1)}" y1="${y}" y2="${y}" />
        <circle class="dot" cx="${at(csat ?? 0)}" cy="${y}" r="5" />
        <text class="count" x="${from(plotting, usual - 36)}" y="${y + 4}">${plotting.number(count)}</text>`;
    }),
  ]);
}

/** How the share went from week to week, the oldest where reading begins, with the band in which it may lie. */
export function trend(plotting: Plotting, list: readonly Dot[]): Html {
  const [top, bottom, begins, ends] = [10, 118, 40, 12];
  const x = (place: number): number =>
    from(plotting, begins + (list.length < 2 ? 0.5 : place / (list.length - 1)) * (usual - begins - ends));
  const y = (share: number): number => round(bottom - share * (bottom - top));
  const line = list.map(({ csat }, place) => `${x(place)},${y(csat ?? 0)}`).join(' ');
  const band = [
    ...list.map(({ high }, place) => `${x(place)},${y(high ?? 1)}`),
    ...list.map(({ low }, place) => `${x(place)},${y(low ?? 0)}`).toReversed(),
  ].join(' ');
  const named = list.length < 2 ? list.slice(0, 1) : [list[0]!, list.at(-1)!];
  return frame(plotting, 142, [
    ...[0, 0.5, 1].map(
      (share) =>
        html`<line
            class="grid"
            x1="${from(plotting, begins - 4)}"
            x2="${from(plotting, usual - ends)}"
            y1="${y(share)}"
            y2="${y(share)}"
          />
          <text class="tick" x="${from(plotting, 0)}" y="${y(share) + 4}">${plotting.percent(share)}</text>`,
    ),
    html`<polygon class="band" points="${band}" />`,
    html`<polyline class="line" points="${line}" />`,
    ...list.map(({ csat }, place) => html`<circle class="dot" cx="${x(place)}" cy="${y(csat ?? 0)}" r="3.5" />`),
    ...named.map(
      ({ label }, place) =>
        html`<text
          class="tick"
          text-anchor="${place === 0 ? 'start' : 'end'}"
          x="${from(plotting, place === 0 ? begins : usual - ends)}"
          y="138"
          >${label}</text
        >`,
    ),
  ]);
}

/** Read aloud is the table beside it. A plot that is made smaller stays where reading begins. */
const frame = ({ rtl }: Plotting, height: number, pieces: readonly (Html | undefined)[], width = usual): Html =>
  html`<svg
    viewBox="0 0 ${width} ${height}"
    preserveAspectRatio="${rtl ? 'xMaxYMin' : 'xMinYMin'}"
    aria-hidden="true"
    focusable="false"
  >
    ${pieces}
  </svg>`;
