import { day } from '../core/clock.js';
import { FlowError } from '../core/errors.js';
import { dayAt } from '../core/riyadh.js';
import type { Organisation } from '../flows/schema.js';
import { formatDates, formatDay } from '../language/dates.js';
import { localDigits } from '../language/digits.js';
import type { Locale } from '../language/matcher.js';
import { fillTemplate, type Variables } from '../language/templates.js';

type Translate = (locale: Locale, key: string, variables?: Record<string, unknown>) => string;

/** What templates may speak of: the organisation's facts in words, and the days that are counted from `now`. */
export function variablesOf(organisation: Organisation, t: Translate) {
  const known = new Map<Locale, { day: number; variables: Variables }>();
  return (locale: Locale, now: number): Variables => {
    const today = dayAt(now);
    const last = known.get(locale);
    if (last?.day === today) return last.variables;
    const variables = make(locale, now);
    known.set(locale, { day: today, variables });
    return variables;
  };

  function make(locale: Locale, now: number): Variables {
    const { contact, review } = organisation;
    const noun = t(locale, `kinds.${organisation.kind}`);
    return {
      name: organisation.name,
      shortName: organisation.shortName,
      noun,
      Noun: noun.charAt(0).toUpperCase() + noun.slice(1),
      about: organisation.about,
      beneficiaries: organisation.beneficiaries,
      services: organisation.services.map(({ name }) => name),
      hours: organisation.hours,
      contact: {
        ...(contact.phone ? { phone: { ltr: contact.phone } } : {}),
        ...(contact.website ? { website: { ltr: contact.website } } : {}),
        ...(contact.email ? { email: { ltr: contact.email } } : {}),
        ...(contact.address ? { address: contact.address } : {}),
      },
      ...(organisation.licence ? { licence: { ltr: organisation.licence } } : {}),
      approval: approvalOf(organisation, locale, t),
      doors: organisation.channels.map((door) =>
        typeof door === 'string'
          ? t(locale, `doors.${door}`)
          : t(locale, 'doors.ifAny', { door: t(locale, `doors.${door.id}`) }),
      ),
      tools: organisation.tools.map((tool) => t(locale, `tools.${tool}`)),
      review: { minimumDays: review.minimumDays, days: t(locale, 'units.days', { count: review.minimumDays }) },
      earliest: formatDates(now + review.minimumDays * day, locale),
    };
  }
}

/** One sentence: who approved the policy, in which meeting and when, as far as the policy itself states it. */
function approvalOf({ approval }: Organisation, locale: Locale, t: Translate): string {
  const parts = [
    t(locale, 'approval.by', { body: approval.body[locale] }),
    ...(approval.meeting ? [t(locale, 'approval.meeting', { meeting: localDigits(approval.meeting, locale) })] : []),
    ...(approval.date ? [t(locale, 'approval.on', formatDay(approval.date, locale))] : []),
  ];
  return `${parts.join(' ')}${approval.note ? `. ${approval.note[locale]}` : ''}`;
}

/** Fills a template of the flows. The check has filled every one before the start, so a gap here is a fault of ours. */
export function fill(template: string, variables: Variables, locale: Locale): string {
  const filled = fillTemplate(template, variables, locale);
  if (filled.type === 'filled') return filled.text;
  throw new FlowError([`A text speaks of {{${filled.variable}}}, which is not known here`]);
}
