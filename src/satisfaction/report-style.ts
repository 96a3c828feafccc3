import { brandOf } from '../web/brand.js';

const usual = '#0c5a50';

/** The sheet's own style, in the organisation's colour. One page of A4 when printed; one column on a phone. */
export function reportStyle(colour: string = usual): string {
  const { brand, darkAccent } = brandOf(colour);
  return `
:root { --ink: #17302c; --ink-2: #516763; --ground: #f4f7f5; --paper: #fff; --line: #dfe6e2; --brand: ${brand};
  --accent: ${brand}; color-scheme: light dark; }
@media screen and (prefers-color-scheme: dark) {
  :root { --ink: #e4ece9; --ink-2: #a3b5b0; --ground: #101a18; --paper: #1a2623; --line: #2d3d39; --accent: ${darkAccent}; }
}
* { box-sizing: border-box; margin: 0; }
body { background: var(--ground); color: var(--ink); line-height: 1.65; padding: 16px;
  font-family: Cairo, "Noto Sans Arabic", "Segoe UI", Tahoma, system-ui, sans-serif; font-size: 15px; }
main { max-width: 820px; margin: 0 auto; background: var(--paper); border: 1px solid var(--line); border-radius: 16px; padding: 28px; }
header { display: flex; flex-wrap: wrap; gap: 4px 24px; justify-content: space-between; align-items: end;
  border-block-end: 2px solid var(--accent); padding-block-end: 12px; }
h1 { font-size: 24px; line-height: 1.4; }
h2 { font-size: 15px; font-weight: 650; margin-block-end: 6px; }
.who { color: var(--ink-2); }
.when { color: var(--ink-2); font-size: 13px; text-align: end; }
.hero { display: grid; grid-template-columns: 1.5fr 1fr 1fr; gap: 12px; margin-block: 16px; }
.card { background: var(--ground); border-radius: 10px; padding: 12px 16px; }
.card.first { background: var(--brand); color: #fff; }
.big { font-size: 34px; font-weight: 700; line-height: 1.3; font-variant-numeric: tabular-nums; }
.first .big { font-size: 46px; }
.note { font-size: 13px; color: var(--ink-2); }
.first .note { color: #fff; }
.plots { display: grid; grid-template-columns: 1fr 1fr; gap: 20px 32px; }
figure, section { position: relative; min-width: 0; break-inside: avoid; }
svg { display: block; width: 100%; height: auto; }
text { font-family: inherit; font-size: 12px; fill: var(--ink); }
.tick, .count { fill: var(--ink-2); font-size: 11px; }
.grid { stroke: var(--line); }
.average { stroke: var(--ink-2); stroke-dasharray: 3 3; }
.bar { fill: var(--accent); opacity: .82; } .eye { fill: #fff; } path.mouth { fill: none; stroke: #fff; stroke-width: 1.4; stroke-linecap: round; }
.step1 { fill: #a8321f; } .step2 { fill: #c8703f; } .step3 { fill: #b7973a; } .step4 { fill: #5c9f84; } .step5 { fill: #1d7a46; }
.whisker { stroke: var(--accent); stroke-width: 3; stroke-linecap: round; opacity: .32; }
.dot { fill: var(--accent); } .line { fill: none; stroke: var(--accent); stroke-width: 2; }
.band { fill: var(--accent); opacity: .12; }
.words { margin-block-start: 20px; display: grid; grid-template-columns: 1fr 1fr 1fr; gap: 16px 24px; }
.wide { margin-block-start: 20px; break-inside: avoid; }
blockquote { border-inline-start: 3px solid var(--accent); padding-inline-start: 10px; margin-block-end: 8px; font-size: 14px; overflow-wrap: anywhere; }
.quotes { columns: 2; column-gap: 32px; }
.quotes blockquote { break-inside: avoid; }
ol { list-style: none; padding: 0; }
li { display: grid; grid-template-columns: 9.5em 1fr; gap: 2px 12px; align-items: baseline; padding-block: 6px; border-block-start: 1px solid var(--line); font-size: 14px; }
time { color: var(--ink-2); font-size: 13px; }
@media screen { li .note { display: block; } }
.empty { color: var(--ink-2); font-size: 14px; }
footer { margin-block-start: 20px; padding-block-start: 10px; border-block-start: 1px solid var(--line); color: var(--ink-2); font-size: 12px; }
nav { max-width: 820px; margin: 0 auto 10px; display: flex; flex-wrap: wrap; gap: 8px 16px; font-size: 14px; }
a { color: var(--accent); padding-block: 10px; }
.words svg { max-width: 300px; }
.aloud { position: absolute; inset-block-start: 0; inset-inline-start: 0; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
@media (max-width: 640px) {
  body { padding: 0; } main { border: 0; border-radius: 0; padding: 20px 16px; } nav { padding: 8px 16px 0; margin: 0; }
  .hero { grid-template-columns: 1fr 1fr; } .card.first { grid-column: 1 / -1; }
  .plots, .words { grid-template-columns: 1fr; } .quotes { columns: 1; } .when { text-align: start; } li { grid-template-columns: 1fr; }
}
@page { size: A4; margin: 9mm 12mm; }
@media print {
  body { background: none; padding: 0; font-size: 9pt; line-height: 1.35; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  nav { display: none; } main { border: 0; padding: 0; max-width: none; }
  h1 { font-size: 15pt; } h2 { font-size: 10pt; margin-block-end: 2px; }
  .hero { margin-block: 8px; gap: 8px; } .card { padding: 6px 12px; }
  .big { font-size: 18pt; } .first .big { font-size: 24pt; } .note, .when, footer, time { font-size: 8pt; } header { flex-wrap: nowrap; padding-block-end: 4px; } header div { flex: none; max-width: 60%; }
  .plots { gap: 6px 36px; } .plots svg { max-height: 29mm; } .words svg { max-height: 32mm; }
  .words { margin-block-start: 10px; gap: 8px 20px; } .wide { margin-block-start: 10px; }
  blockquote, li, .empty { font-size: 8.5pt; } blockquote { margin-block-end: 3px; } li { padding-block: 2px; }
  blockquote, li p { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2; overflow: hidden; }
  blockquote:nth-child(n + 5), li:nth-child(n + 4) { display: none; }
  footer { margin-block-start: 8px; padding-block-start: 4px; }
}
`;
}
