import { z } from 'zod';
import { readPhone } from '../../language/phone.js';
import { readSaudiId } from '../../language/saudi-id.js';
import { encounterKinds, type EncounterRecord } from '../../people/encounters.js';
import { fields, isoOf } from '../fields.js';
import { listOf, pageQuery, readPage } from '../list.js';
import { isProblem, problem, type Problem } from '../problem.js';
import { defineCall, type Call } from '../route.js';
import type { RequestCallsContext } from './context.js';
import { refuseDoor } from './doors.js';

const handlers = ['officer', 'researcher', 'admin'] as const;

/** Sample: `{"id": "…", "kind": "visit", "at": "…", "recordedAt": "…", "by": "a1", "beneficiary": "b1", "text": "…", "reference": null}` */
const encounter = z
  .object({
    id: z.string(),
    kind: z.enum(encounterKinds),
    at: fields.time,
    recordedAt: fields.time,
    by: z.string().meta({ description: 'The account that wrote it down' }),
    beneficiary: z.string(),
    text: z.string(),
    reference: z.string().nullable(),
  })
  .meta({ id: 'Encounter' });

/** Somebody who may not be known yet: an old man without a phone has none. */
const person = z.strictObject({
  nationalId: z.string().trim().max(40),
  name: z.string().trim().min(2).max(100),
  mobile: z.string().trim().max(40).optional(),
});

const written = z.strictObject({
  id: z.string().min(8).max(100).optional().meta({ description: 'Yours: what is sent twice under it is one' }),
  kind: z.enum(encounterKinds),
  at: fields.time.optional().meta({ description: 'When it was; now when it is left out' }),
  beneficiary: fields.id.optional(),
  person: person.optional().meta({ description: 'Instead of `beneficiary`; known by the national ID from then on' }),
  text: z.string().trim().min(2).max(4000),
  reference: fields.reference.optional(),
});

/** What people say elsewhere than in a chat, on the same record. */
export const encounterCalls = (calls: RequestCallsContext): Call[] => [writeEncounter(calls), listEncounters(calls)];

const writeEncounter = (calls: RequestCallsContext): Call =>
  defineCall({
    method: 'post',
    path: '/encounters',
    summary: 'Write down a visit, a phone call, a letter or what a delegate brought; sent twice it is one',
    roles: handlers,
    body: written,
    answer: encounter,
    problems: [404, 422],
    audit: { action: 'encounter_recorded', about: (_input, answer) => answer?.beneficiary ?? null },
    async handle({ body, account }) {
      const { kind, text, id: key } = body;
      const now = calls.context.clock.now();
      const at = body.at === undefined ? now : Date.parse(body.at);
      const refused = refuseDoor(calls, kind) ?? (at > now ? problem(422, 'encounter.future') : undefined);
      if (refused) return refused;
      const beneficiary = await whose(calls, body, now);
      if (isProblem(beneficiary)) return beneficiary;
      const reference = body.reference ?? null;
      const request = reference === null ? undefined : await calls.context.requests.findOne({ reference });
      if (reference !== null && request?.beneficiary !== beneficiary) return problem(422, 'encounter.otherRequest');
      const facts = { kind, beneficiary, at, recordedAt: now, by: account._id, reference };
      return shown(calls, await calls.encounters.write({ ...facts, key, text }));
    },
  });

async function whose(
  calls: RequestCallsContext,
  body: z.output<typeof written>,
  at: number,
): Promise<string | Problem> {
  const { beneficiaries } = calls;
  if ((body.beneficiary === undefined) === (body.person === undefined)) return problem(422, 'encounter.whose');
  if (body.beneficiary !== undefined) {
    const [known] = await beneficiaries.find({ id: body.beneficiary });
    return known?._id ?? problem(404, 'request.refusal.unknown');
  }
  const { nationalId = '', name = '', mobile } = body.person ?? {};
  const id = readSaudiId(nationalId);
  const phone = mobile === undefined ? undefined : readPhone(mobile);
  if (id.type !== 'id') return problem(422, 'encounter.badId');
  if (phone && phone.type !== 'mobile') return problem(422, 'encounter.badMobile');
  const named = { nationalId: id.id, name, mobile: phone?.phone ?? null, origin: null, at };
  return (await beneficiaries.know(named))._id;
}

const listEncounters = (calls: RequestCallsContext): Call =>
  defineCall({
    method: 'get',
    path: '/encounters',
    summary: 'Visits, calls, letters and what delegates brought, the newest first; of one beneficiary, or of all',
    roles: handlers,
    query: z.strictObject({ beneficiary: fields.id.optional(), ...pageQuery }),
    answer: listOf(encounter),
    audit: { action: 'encounters_seen', about: ({ query }) => query.beneficiary ?? null },
    async handle({ query: { beneficiary, ...page } }) {
      const filter = { at: { $gt: 0 }, ...(beneficiary === undefined ? {} : { beneficiary }) };
      const found = await readPage(calls.encounters.records, { filter, order: 'at', newestFirst: true, ...page });
      return { ...found, items: found.items.map((record) => shown(calls, record)) };
    },
  });

const shown = ({ encounters }: RequestCallsContext, record: EncounterRecord): z.infer<typeof encounter> => ({
  id: record._id,
  kind: record.kind,
  at: isoOf(record.at),
  recordedAt: isoOf(record.recordedAt),
  by: record.by,
  beneficiary: record.beneficiary,
  text: encounters.textOf(record),
  reference: record.reference,
});
