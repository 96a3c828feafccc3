import { stringify } from 'csv-stringify/sync';
import { isoDay, timeOfDay } from '../core/riyadh.js';
import type { Locale } from '../language/matcher.js';
import { joinList } from '../language/templates.js';
import type { CommitteeContext } from './sitting-change.js';
import type { Decision, SittingRecord } from './sitting-record.js';

/** What happened in a sitting, in one language, as it is kept and signed. It names no applicant. */
export interface Minutes {
  number: number;
  /** ISO day. */
  date: string;
  status: SittingRecord['status'];
  present: string[];
  absent: string[];
  items: MinutesItem[];
}

export interface MinutesItem {
  reference: string;
  service: string;
  /** Null while nothing is decided. */
  decision: Decision | null;
  reason: string;
  /** In Riyadh, `2026-11-22 10:30`; empty while nothing is decided. */
  recordedAt: string;
  recused: { name: string; reason: string }[];
}

/** The minutes as they are now: of a sitting that is still open they are a draft. */
export async function minutesOf(
  { requests, organisation, nameOf }: CommitteeContext,
  sitting: SittingRecord,
  locale: Locale,
): Promise<Minutes> {
  const { number, date, status, members, recusals } = sitting;
  const accounts = [...new Set([...members, ...recusals].map(({ account }) => account))];
  const names = new Map(await Promise.all(accounts.map(async (account) => [account, await nameOf(account)] as const)));
  const named = (account: string): string => names.get(account) ?? account;
  const records = await requests.find({ reference: { $in: sitting.agenda } });
  const services = new Map(records.map(({ reference, service }) => [reference, service]));
  const serviceOf = (reference: string): string =>
    organisation.services.find(({ id }) => id === services.get(reference))?.label[locale] ?? '';
  return {
    number,
    date,
    status,
    present: members.filter(({ present }) => present).map(({ account }) => named(account)),
    absent: members.filter(({ present }) => !present).map(({ account }) => named(account)),
    items: sitting.agenda.map((reference) => ({
      reference,
      service: serviceOf(reference),
      ...decidedIn(sitting, reference),
      recused: recusals
        .filter((recusal) => recusal.reference === reference)
        .map(({ account, reason }) => ({ name: named(account), reason })),
    })),
  };
}

function decidedIn(
  { decisions }: SittingRecord,
  reference: string,
): Pick<MinutesItem, 'decision' | 'reason' | 'recordedAt'> {
  const made = decisions.find((one) => one.reference === reference);
  if (!made) return { decision: null, reason: '', recordedAt: '' };
  return { decision: made.decision, reason: made.reason, recordedAt: inRiyadh(made.at) };
}

const inRiyadh = (ms: number): string => `${isoDay(ms)} ${new Date(timeOfDay(ms)).toISOString().slice(11, 16)}`;

const headings = ['reference', 'service', 'decision', 'reason', 'recordedAt', 'members', 'recused'] as const;

/** For a spreadsheet: what it might take for a formula is text in it. */
export function minutesCsv({ t }: Pick<CommitteeContext, 't'>, minutes: Minutes, locale: Locale): string {
  const members = joinList(minutes.present, locale);
  const rows = minutes.items.map((item) => [
    item.reference,
    item.service,
    item.decision === null ? '' : t(locale, `committee.decision.${item.decision}`),
    item.reason,
    item.recordedAt,
    members,
    joinList(item.recused.map(({ name }) => name), locale), // prettier-ignore
  ]);
  return stringify([headings.map((heading) => t(locale, `committee.minutes.${heading}`)), ...rows], {
    bom: true,
    escape_formulas: true,
    record_delimiter: 'windows',
  });
}
