import type { MessageActivity } from '../../../core/activity.js';
import { cutText } from '../../split-text.js';

/** A sentence that Meta has approved; `flows/schema.ts` describes the fields to the organisation. */
export interface Template {
  name: string;
  language: { ar: string; en: string };
  parameters: readonly string[];
}

export type Templates = Readonly<Partial<Record<string, Template>>>;

/** https://developers.facebook.com/docs/whatsapp/cloud-api/reference/messages#parameter-object */
const longest = 1024;

/** The notice as its template, or undefined when there is none for it. */
export function templateOf(activity: MessageActivity, templates: Templates): Record<string, unknown> | undefined {
  const { notice, noticeKind, variables = {} } = activity.channelData ?? {};
  const template =
    notice && noticeKind !== undefined && Object.hasOwn(templates, noticeKind) ? templates[noticeKind] : undefined;
  if (!template) return undefined;
  const words: Record<string, string> = { ...variables, text: activity.text ?? '' };
  const parameters = template.parameters.map((name) => ({ type: 'text', text: oneLine(words[name] ?? '') }));
  return {
    type: 'template',
    template: {
      name: template.name,
      language: { code: template.language[activity.locale === 'en' ? 'en' : 'ar'] },
      ...(parameters.length > 0 ? { components: [{ type: 'body', parameters }] } : {}),
    },
  };
}

/** Parameters may hold neither line breaks nor many spaces, nor be empty. */
const oneLine = (text: string): string => cutText(text.replace(/\s+/g, ' ').trim() || '-', longest);
