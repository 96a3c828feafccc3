import { z } from 'zod';
import { isoDay } from '../../core/riyadh.js';
import { tell, writeDown, type ImprovementsContext } from '../../satisfaction/improvements.js';
import type { Collection } from '../../store/collection.js';
import type { AccountRecord } from '../account.js';
import { fields } from '../fields.js';
import { listOf, pageQuery, readPage } from '../list.js';
import { problem } from '../problem.js';
import { defineCall, type Call } from '../route.js';
import { improvementShape, shownImprovement } from './shapes.js';

interface Calls {
  improvements: ImprovementsContext;
  accounts: Collection<AccountRecord>;
}

/** What was done about what was heard. */
export const improvementCalls = (calls: Calls): Call[] => [list(calls), write(calls), tellPeople(calls)];

const list = ({ improvements: { improvements } }: Calls): Call =>
  defineCall({
    method: 'get',
    path: '/improvements',
    summary: 'What was done about what was heard, the newest first',
    roles: 'signed-in',
    query: z.strictObject(pageQuery),
    answer: listOf(improvementShape),
    async handle({ query }) {
      const page = await readPage(improvements, {
        filter: { date: { $gte: '' } },
        order: 'date',
        newestFirst: true,
        ...query,
      });
      return { ...page, items: page.items.map(shownImprovement) };
    },
  });

const words = z.string().trim().min(3).max(500);
const inBoth = z.strictObject({ ar: words, en: words.optional() });

const write = ({ improvements, accounts }: Calls): Call =>
  defineCall({
    method: 'post',
    path: '/improvements',
    summary: 'Write down what was done, because of what, when, and who answers for it',
    roles: ['officer', 'researcher', 'admin'],
    body: z.strictObject({ date: fields.day, said: inBoth, did: inBoth, owner: fields.id }),
    status: 201,
    answer: improvementShape,
    problems: [422],
    audit: { action: 'improvement_recorded', about: (_input, answer) => answer?.id ?? null },
    async handle({ body, account }) {
      if (body.date > isoDay(improvements.clock.now())) return problem(422, 'survey.refusal.future');
      if (!(await accounts.findOne({ _id: body.owner }))) return problem(422, 'survey.refusal.owner');
      return shownImprovement(await writeDown(improvements, { ...body, by: account._id }));
    },
  });

const tellPeople = ({ improvements }: Calls): Call =>
  defineCall({
    method: 'post',
    path: '/improvements/{id}/tell',
    summary: 'Tell those who agreed to hear of it, once',
    roles: ['officer', 'admin'],
    params: z.strictObject({ id: fields.id }),
    body: z.strictObject({}),
    answer: improvementShape,
    problems: [404, 409],
    audit: { action: 'improvement_told', about: ({ params }) => params.id },
    async handle({ params }) {
      const told = await tell(improvements, params.id);
      if (told.type === 'unknown') return problem(404, 'survey.refusal.unknown');
      return told.type === 'told_before' ? problem(409, 'survey.refusal.told') : shownImprovement(told.record);
    },
  });
