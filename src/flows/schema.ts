import { z } from 'zod';
import { noticeKinds, noticeVariables } from '../core/notice.js';

/** The shapes of everything in `flows/`. The build writes them as JSON Schema too, so that editors complete the files. */

export const id = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'an id is lower-case words joined by hyphens, like "decision-time"');

export const sentence = z.string().trim().min(1, 'a sentence is missing');

/** A text in both languages. */
export const localised = z.strictObject({ ar: sentence, en: sentence });

/** Fits a button on every channel: WhatsApp's list rows take 24 characters. */
export const label = z.strictObject({ ar: sentence.max(24), en: sentence.max(24) });

/** A variable that must be there, e.g. `contact.phone`, `channels.letters`, or `not contact.phone`. */
const condition = z.string().regex(/^(not )?[a-zA-Z]+(\.[a-zA-Z0-9-]+)*$/, 'like "contact.phone" or "not contact.phone"');

/** Where a button leads: an FAQ entry's id, `start <form>`, `menu <id>`, or a command (`menu`, `help`, `person`, `language`). */
const target = z.string().regex(/^((start|menu) )?[a-z0-9]+(-[a-z0-9]+)*$/, 'like "decision-time", "start suggestion", "menu about" or "person"');

/** The doors that the policies name. An organisation lists its own. */
export const doors = [
  'interview', 'phone', 'social-media', 'letters', 'assistance-requests', 'volunteering', 'website', 'delegates',
] as const; // prettier-ignore

/** A target, or one that is offered only when its condition holds. */
const offer = z.union([target, z.strictObject({ to: target, when: condition })]);

/** A paragraph, or one that is said only when its condition holds. */
const paragraphs = z.union([sentence, z.array(z.union([sentence, z.strictObject({ when: condition, say: sentence })])).min(1)]);

const phrasings = (least: number) =>
  z.array(sentence).min(least, `give at least ${least} ways in which people ask this, so that it is recognised`);

export const faqEntrySchema = z.strictObject({
  id,
  label,
  when: condition.optional(),
  questions: z.strictObject({ ar: phrasings(10), en: phrasings(5) }),
  answer: z.strictObject({ ar: paragraphs, en: paragraphs }),
  card: z.strictObject({ title: localised, text: localised }).optional(),
  follow: z.array(offer).max(4).default([]),
});
export const faqFileSchema = z.array(faqEntrySchema).min(1);

export const menusFileSchema = z
  .array(
    z.strictObject({
      id,
      label,
      text: localised,
      items: z.array(offer).min(2).max(9),
    }),
  )
  .min(1);

/** What a step may ask besides facts: an answer, compared. Sample: `answers.housing = rent`, `answers.income < 5000`. */
const stepCondition = z
  .string()
  .regex(
    /^(not )?[a-zA-Z]+(\.[a-zA-Z0-9-]+)*( (=|!=|<|>) [a-zA-Z0-9-]+)?$/,
    'like "answers.hasDebt", "not answers.hasDebt", "answers.housing = rent" or "answers.income < 5000"',
  );

const stepBase = {
  ask: z.string().regex(/^[a-z][a-zA-Z0-9]*$/),
  prompt: localised,
  /** How the summary calls the answer; a form with a `review` step needs it. */
  label: label.optional(),
  /** Sealed wherever it is kept, shown masked, searched only by a keyed hash. */
  sensitive: z.boolean().default(false),
  when: stepCondition.optional(),
  /** Other words under a condition: the first that holds counts. `statement` is for a declaration. */
  instead: z
    .array(z.strictObject({ when: stepCondition, prompt: localised.optional(), statement: localised.optional() }))
    .optional(),
};

const choices = z.array(z.strictObject({ value: id, label })).min(2).max(9);

export const stepSchema = z.discriminatedUnion('type', [
  z.strictObject({ ...stepBase, type: z.literal('text'), min: z.int().min(1).default(2), max: z.int().max(4000).default(2000) }),
  z.strictObject({
    ...stepBase,
    type: z.literal('choice'),
    /** A list, or the services of the organisation's profile. */
    choices: z.union([choices, z.literal('services')]),
  }),
  z.strictObject({
    ...stepBase,
    type: z.literal('yes-no'),
    /** Said to a "no", which then ends the form, and nothing of it is kept: for a consent. */
    otherwise: localised.optional(),
  }),
  z.strictObject({ ...stepBase, type: z.literal('number'), min: z.int().default(0), max: z.int().default(1_000_000) }),
  /** Riyals; halalas are dropped. */
  z.strictObject({ ...stepBase, type: z.literal('money'), min: z.int().default(0), max: z.int().default(10_000_000) }),
  /** Kept as the Gregorian day, ISO 8601. */
  z.strictObject({ ...stepBase, type: z.literal('date'), only: z.enum(['past', 'future']).optional() }),
  /** A national ID (begins with 1) or a residence number (begins with 2). */
  z.strictObject({ ...stepBase, type: z.literal('saudi-id') }),
  z.strictObject({ ...stepBase, type: z.literal('saudi-mobile') }),
  z.strictObject({ ...stepBase, type: z.literal('iban') }),
  z.strictObject({ ...stepBase, type: z.literal('reference') }),
  z.strictObject({
    ...stepBase,
    type: z.literal('attachments'),
    /** Ids of `flows/papers.yaml`, or those that the request still lacks. */
    checklist: z.union([z.array(id).min(1).max(9), z.literal('missing')]),
    /** May be sent after the form is submitted. */
    later: z.boolean().default(false),
  }),
  z.strictObject({ ...stepBase, type: z.literal('location') }),
  z.strictObject({ ...stepBase, type: z.literal('contact') }),
  /** One of the free times of the profile's `interviews`. */
  z.strictObject({ ...stepBase, type: z.literal('slot') }),
  /** Shows every answer; the person corrects one, or goes on. */
  z.strictObject({ ...stepBase, type: z.literal('review') }),
  /** The person reads the statement, types the full name and says yes. */
  z.strictObject({
    ...stepBase,
    type: z.literal('declaration'),
    statement: localised,
    /** Raised with every change of the statement. */
    statementVersion: z.int().min(1),
  }),
]);

/**
 * What a completed form becomes. `submission`: a record that staff read; `call`: the same, and somebody calls the person.
 * `appointment…`: an interview is booked, moved or called off. `link`, `unlink`: the chats of one person. The others
 * concern a support request.
 */
export const formOutcomes = [
  'submission', 'call', 'request', 'papers', 'withdrawal', 'appeal', 'status', 'link', 'unlink', 'dispute',
  'appointment', 'appointment-move', 'appointment-cancel',
] as const; // prettier-ignore

export const formSchema = z.strictObject({
  id,
  /** Raised when a change makes answers already given meaningless; a draft of another version starts again. */
  version: z.int().min(1).default(1),
  label,
  opens: z.enum(formOutcomes).default('submission'),
  /** The door of the policies that it is: for an organisation without this door the form does not exist. */
  door: z.enum(doors).optional(),
  /** When it holds, nothing is kept that leads to the person, and these are the last words instead of `done`. */
  anonymous: z.strictObject({ when: stepCondition, done: localised }).optional(),
  /** The person is told the number under which staff find it. */
  numbered: z.boolean().default(false),
  /** How people say that they want it: learned like an entry's questions. */
  questions: z.strictObject({ ar: phrasings(5), en: phrasings(3) }).optional(),
  intro: localised.optional(),
  steps: z.array(stepSchema).min(1),
  done: localised,
  follow: z.array(offer).max(4).default([]),
});

/** Papers that an applicant may be asked for. */
export const papersFileSchema = z
  .array(
    z.strictObject({
      id,
      label,
      /** Wanted only under this condition, which may speak of the request's answers. */
      when: stepCondition.optional(),
      /** Asked for after acceptance, to complete the registration; otherwise with the request. */
      stage: z.enum(['request', 'registration']).default('request'),
      optional: z.boolean().default(false),
    }),
  )
  .min(1);

/** The documents that the policies put into the hands of the officer. */
export const staffTools = [
  'bylaws', 'social-research-guide', 'support-policy-guide', 'support-request-form', 'disbursement-policy',
] as const; // prettier-ignore

export const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const;

const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time of the day like "09:30"');
/** Of a time of the day: minutes since midnight. */
export const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

/** When people may come for an interview; one at a time. Times of the day are those of Riyadh. */
const interviews = z
  .strictObject({
    days: z.array(z.enum(weekdays)).min(1),
    from: timeOfDay,
    to: timeOfDay,
    /** How long one takes. */
    minutes: z.int().min(5).max(480),
    /** How far ahead they are booked, and how long before it begins at the latest. */
    daysAhead: z.int().min(1).max(60).default(14),
    hoursBefore: z.int().min(0).max(168).default(3),
    /** Days on which there are none, such as feasts: Gregorian, ISO 8601. */
    closed: z.array(z.iso.date()).default([]),
    place: localised,
  })
  .refine(({ from, to, minutes }) => minutesOf(to) - minutesOf(from) >= minutes, {
    path: ['to'],
    message: 'no interview fits between "from" and "to"',
  });
const languageCode = z.string().regex(/^[a-z]{2,3}(_[A-Z]{2})?$/, 'like "ar" or "en_US"');


/**
 * A sentence that Meta has approved, for people who last wrote more than a day ago: its name there, its language codes,
 * and what fills `{{1}}`, `{{2}}` … in order; `text` is the whole notice on one line.
 */
const whatsappTemplate = z.strictObject({
  name: z.string().regex(/^[a-z0-9_]{1,512}$/, 'the template\'s name as it stands in WhatsApp Manager, like "request_accepted"'),
  language: z.strictObject({ ar: languageCode.default('ar'), en: languageCode.default('en') }).prefault({}),
  parameters: z.array(z.enum([...noticeVariables, 'text'])).max(10).default([]),
});

export const organisationSchema = z.strictObject({
  id,
  /** The first letters of every reference. */
  prefix: z.string().regex(/^[A-Z]{3}$/, 'three capital letters, like "ASB"'),
  name: localised,
  shortName: localised,
  /** How its own texts call it. Decides "الجمعية" or "المؤسسة". */
  kind: z.enum(['association', 'foundation', 'cooperative']),
  about: localised,
  /** Whom it serves, as words that fit after "we serve". */
  beneficiaries: localised,
  brand: z.strictObject({ colour: z.string().regex(/^#[0-9a-f]{6}$/, 'like "#0c5a50"') }).optional(),
  contact: z.strictObject({
    phone: z.string().regex(/^\+?[0-9]{7,15}$/, 'digits only').optional(),
    website: z.string().optional(),
    email: z.email().optional(),
    address: localised.optional(),
  }),
  licence: z.string().optional(),
  /** The record of the policy's approval, as far as the policy states it. */
  approval: z.strictObject({
    body: localised,
    meeting: z.string().optional(),
    /** The Gregorian day, ISO 8601. */
    date: z.iso.date().optional(),
    /** The Hijri day as the policy writes it, year-month-day. */
    hijri: z.string().regex(/^1[34]\d\d-\d\d-\d\d$/).optional(),
    note: localised.optional(),
  }),
  /** Its own list of doors, in its own order. `if-any`: the policy says "if there are any". */
  channels: z.array(z.union([z.enum(doors), z.strictObject({ id: z.enum(doors), only: z.literal('if-any') })])).min(1),
  tools: z.array(z.enum(staffTools)).min(1),
  review: z.strictObject({ minimumDays: z.int().min(1) }),
  services: z.array(z.strictObject({ id, label, name: localised })).min(1),
  hours: localised,
  /** The same hours for the machine: when a person answers in the chat, and within how many minutes of them. */
  working: z
    .strictObject({
      days: z.array(z.enum(weekdays)).min(1),
      from: timeOfDay,
      to: timeOfDay,
      answerWithin: z.int().min(5).max(2400),
    })
    .refine(({ from, to }) => from < to, 'the day ends after it begins'),
  /** Without it the chat books none. */
  interviews: interviews.optional(),
  /** WhatsApp's Cloud API: the template of each notice. A notice without one becomes a task to call the person. */
  whatsapp: z.strictObject({ templates: z.partialRecord(z.enum(noticeKinds), whatsappTemplate) }).optional(),
  /** Facts above that no policy states: an example, to be edited. The doctor and the start name them. */
  examples: z.array(z.enum(['about', 'beneficiaries', 'contact', 'services', 'hours', 'interviews'])),
});

export type Localised = z.infer<typeof localised>;
export type FaqEntry = z.infer<typeof faqEntrySchema>;
export type Menu = z.infer<typeof menusFileSchema>[number];
export type Step = z.infer<typeof stepSchema>;
export type Paper = z.infer<typeof papersFileSchema>[number];
export type FormOutcome = (typeof formOutcomes)[number];
export type Form = z.infer<typeof formSchema>;
export type WhatsAppTemplate = z.infer<typeof whatsappTemplate>;
export type Organisation = z.infer<typeof organisationSchema>;
export type Door = (typeof doors)[number];
export type Interviews = z.infer<typeof interviews>;
export type Offer = z.infer<typeof offer>;
export type StaffTool = (typeof staffTools)[number];

/** What a person may say at any moment. The words of both languages are always understood. */
export const commandIds = ['menu', 'help', 'person', 'language', 'arabic', 'english', 'back', 'cancel', 'resume', 'status', 'appointment', 'stop-reminders'] as const;
export type CommandId = (typeof commandIds)[number];

const words = z.array(sentence).min(1);
const inBoth = z.strictObject({ ar: words, en: words });
const command = z.strictObject({ label, words: inBoth });

/** The words that are understood everywhere. */
export const wordsFileSchema = z.strictObject({
  commands: z.strictObject({
    menu: command,
    help: command,
    person: command,
    language: command,
    arabic: command,
    english: command,
    back: command,
    cancel: command,
    resume: command,
    status: command,
    appointment: command,
    'stop-reminders': command,
  } satisfies Record<CommandId, typeof command>),
  answers: z.strictObject({ yes: inBoth, no: inBoth, later: inBoth, done: inBoth }),
  /** Words of somebody who is desperate, without being in danger. */
  lowMood: inBoth,
  /** Words of danger, and the entry that answers them at once. */
  alarms: z.array(z.strictObject({ answer: id, words: inBoth })),
});

export type Words = z.infer<typeof wordsFileSchema>;
export type Commands = Words['commands'];
