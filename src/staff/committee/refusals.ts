import type { Locale } from '../../language/matcher.js';
import type { DecisionRefusal } from '../../requests/decisions.js';
import type { OverrideRefusal, ReleaseRefusal } from '../../requests/release.js';
import type { CommitteeContext } from '../../requests/sitting-change.js';
import type { Unfit } from '../../requests/sitting-problems.js';
import type { CloseRefusal } from '../../requests/sittings.js';
import { problem, type Problem } from '../problem.js';

type Refusal = DecisionRefusal | CloseRefusal | ReleaseRefusal | { type: 'unknown' };

/** Why the committee's work does not go on, for people. */
export function refused(refusal: Refusal): Problem {
  const sentence = `committee.refusal.${refusal.type}`;
  switch (refusal.type) {
    case 'unknown':
      return problem(404, sentence);
    case 'same_person':
    case 'recused':
    case 'decided_before':
      return problem(403, sentence);
    case 'reason_missing':
    case 'not_on_agenda':
      return problem(422, sentence);
    case 'undecided':
      return problem(409, sentence, { requests: refusal.references });
    case 'nobody_left':
      return 'references' in refusal
        ? problem(409, 'committee.refusal.nobody_left_close', { requests: refusal.references })
        : problem(409, sentence);
    case 'no_quorum':
    case 'not_open':
    case 'not_closed':
    case 'already_released':
      return problem(409, sentence);
    default:
      return refusal satisfies never;
  }
}

/** Everything that does not fit, each with its sentence. */
export const unfit = ({ t }: Pick<CommitteeContext, 't'>, { problems }: Unfit, locale: Locale): Problem =>
  problem(422, 'committee.refusal.unfit', {
    errors: problems.map(({ field, value, problem: code, sitting }) => ({
      path: field,
      problem: code,
      detail: t(locale, `committee.problem.${code}`, { value, sitting }),
      ...(value === null ? {} : { value }),
    })),
  });

export const overrideRefused = ({ type }: OverrideRefusal | { type: 'unknown' }): Problem => {
  if (type === 'unknown') return problem(404, 'request.refusal.unknown');
  if (type === 'nothing_waits') return problem(409, 'committee.refusal.nothing_waits');
  return problem(422, 'committee.refusal.override_reason');
};
