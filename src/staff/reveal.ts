import { z } from 'zod';
import type { Seal } from '../core/seal.js';
import { answersOf } from '../core/sealed-answers.js';
import type { Role } from './account.js';
import { answerGiven } from './answers.js';
import { fields } from './fields.js';
import { problem } from './problem.js';
import { defineCall, type Call } from './route.js';

export interface Revealing {
  /** Address of the records, and the part of it that names one. Sample: `requests`, `reference`. */
  records: string;
  by: string;
  key: z.ZodType<string, string>;
  roles: readonly Role[];
  /** As the audit log calls it. */
  action: string;
  find(key: string): Promise<{ answers: string } | undefined>;
  seal: Pick<Seal, 'open'>;
}

const revealedAnswer = z.object({ ask: z.string(), value: z.string() }).meta({ id: 'RevealedAnswer' });

/** Shows one masked answer of a record to somebody who says why; who looked, at what and why is audited. */
export const revealCall = ({ records, by, key, roles, action, find, seal }: Revealing): Call =>
  defineCall({
    method: 'post',
    path: `/${records}/{${by}}/reveal`,
    summary: 'One masked answer as it was given; who looked and why is audited',
    roles,
    params: z.strictObject({ [by]: key }),
    body: z.strictObject({ ask: fields.id, reason: z.string().trim().min(3).max(500) }),
    answer: revealedAnswer,
    problems: [404],
    audit: {
      action,
      about: ({ params }) => params[by] ?? '',
      reason: ({ body }) => `${body.ask}: ${body.reason}`,
    },
    async handle({ params, body: { ask } }) {
      const record = await find(params[by] ?? '');
      const value = record && answerGiven(answersOf(seal, record), ask);
      return value === undefined ? problem(404, 'request.refusal.unknown') : { ask, value };
    },
  });
