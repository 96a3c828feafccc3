import type { Translate } from '../conversation/texts.js';
import { formatDay } from '../language/dates.js';
import type { Organisation } from '../flows/schema.js';
import type { LabelOf } from './report.js';

/** Names what opinions are told apart by; what the organisation has given up since keeps its id. */
export const labelsFor =
  ({ services }: Pick<Organisation, 'services'>, t: Translate): LabelOf =>
  (by, key, locale) => {
    if (key === null) return t(locale, 'survey.report.several');
    if (by === 'week') return formatDay(key, locale).gregorian;
    if (by === 'service') {
      if (key === 'none') return t(locale, 'survey.report.noService');
      return services.find(({ id }) => id === key)?.label[locale] ?? key;
    }
    return t(locale, `survey.report.${by}.${key}`);
  };
