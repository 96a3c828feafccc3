/** What a turn causes outside the conversation, as facts in the past tense. Whoever performs them derives their ids. */
export type Effect =
  /** Sample: `{"type": "question_unanswered", "text": "عندكم أجهزة كهربائية؟", "locale": "ar"}` */
  | { type: 'question_unanswered'; text: string; locale: string }
  /** Sample: `{"type": "person_wanted", "reason": "asked"}` */
  | { type: 'person_wanted'; reason: 'asked' | 'misunderstood' | 'form' }
  /** Sample: `{"type": "form_submitted", "form": "suggestion", "version": 1, "answers": {"topic": "staff"}}` */
  | { type: 'form_submitted'; form: string; version: number; answers: Record<string, unknown> }
  /** Sample: `{"type": "turn_failed", "activityId": "tg-12"}` */
  | { type: 'turn_failed'; activityId: string };
