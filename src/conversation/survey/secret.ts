import type { Activity } from '../../core/activity.js';

/**
 * What is recorded of an answer: always the same, so that neither its length nor its last letters tell anything. A
 * skipped question leaves the same as a comment does.
 */
export const unread = '••••';

/** The values of buttons that are answers; the others of a survey lead somewhere, and may be read. */
const answers = /^(survey:[^:]*:([1-5]|decline|skip)|thumb:[^:]*:(up|down))$/;

export const isAnswer = (value: string): boolean => answers.test(value);

/** What is recorded of a pressed answer, whoever has the conversation; undefined when it is none. */
export const unreadAnswer = (activity: Activity): string | undefined =>
  activity.type === 'message' && activity.value !== undefined && isAnswer(activity.value) ? unread : undefined;
