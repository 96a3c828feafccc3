import type { Assets } from '../../conversation/assets.js';
import { formSchema, type Form } from '../../flows/schema.js';

/** For an organisation whose content has no form that opens a request: the questions that every request answers. */
export const plainForm = ({ papers }: Pick<Assets, 'papers'>): Form =>
  formSchema.parse({
    id: 'support-request',
    label: { ar: 'طلب دعم', en: 'Apply for support' },
    opens: 'request',
    steps: [
      { ask: 'nationalId', type: 'saudi-id', sensitive: true, prompt: both('رقم الهوية؟', 'ID number?') },
      { ask: 'fullName', type: 'text', sensitive: true, prompt: both('الاسم الكامل؟', 'Full name?') },
      { ask: 'mobile', type: 'saudi-mobile', sensitive: true, prompt: both('رقم الجوال؟', 'Mobile number?') },
      { ask: 'service', type: 'choice', choices: 'services', prompt: both('أي خدمة؟', 'Which service?') },
      { ask: 'family', type: 'number', min: 1, max: 30, prompt: both('كم عدد الأسرة؟', 'How many in the family?') },
      { ask: 'income', type: 'money', prompt: both('كم الدخل؟', 'What is the income?') },
      {
        ask: 'documents',
        type: 'attachments',
        checklist: [...papers.values()].filter(({ stage }) => stage === 'request').map(({ id }) => id),
        later: true,
        prompt: both('الأوراق:', 'Papers:'),
      },
      {
        ask: 'declaration',
        type: 'declaration',
        prompt: both('اكتب اسمك الكامل', 'Type your full name'),
        statement: both('أقر بأن ما كتبته صحيح وأتحمل مسؤوليته.', 'I confirm that what I wrote is correct.'),
        statementVersion: 1,
      },
    ],
    done: both('وصل الطلب', 'The request has arrived'),
  });

const both = (ar: string, en: string) => ({ ar, en });
