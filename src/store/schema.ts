import type { CollectionSchema } from './collection.js';

/** Every collection and every index of Wasl. */
export const schema = {
  /**
   * One document a conversation: its mailbox, its state, and its place before the staff (`desk`). `due` is when somebody
   * should look at it next.
   */
  conversations: {
    indexes: [{ fields: ['due'] }, { fields: ['owner', 'activeAt'] }, { fields: ['desk.status', 'desk.since'] }],
  },
  /** The transcript, append-only. `sequence` numbers the messages of one conversation. */
  messages: { indexes: [{ fields: ['conversation', 'sequence'], unique: true }] },
  /** Support requests. What their applicants are to be told waits in them until the relay takes it. */
  requests: {
    indexes: [
      { fields: ['reference'], unique: true },
      { fields: ['status', 'submittedAt'] },
      { fields: ['submittedAt'] },
      { fields: ['conversation', 'submittedAt'] },
      { fields: ['beneficiary', 'submittedAt'] },
      { fields: ['noticesDue'] },
      { fields: ['due'] },
    ],
  },
  /** Meetings of the committee. */
  sittings: { indexes: [{ fields: ['number'], unique: true }, { fields: ['date'] }, { fields: ['status'] }] },
  /** People. `idHash` and `mobileHash` are keyed hashes. */
  beneficiaries: { indexes: [{ fields: ['idHash'], unique: true }, { fields: ['mobileHash'] }, { fields: ['at'] }] },
  /** Chats, and whose they are: the key is the conversation's. */
  contacts: { indexes: [{ fields: ['beneficiary', 'at'] }] },
  /** What people said elsewhere than in a chat: visits, calls, letters. */
  encounters: { indexes: [{ fields: ['beneficiary', 'at'] }, { fields: ['at'] }] },
  /** What is to be said in a chat and belongs to no request; gone once it is said. */
  sayings: { indexes: [{ fields: ['noticesDue'] }] },
  /** Forms that were begun and not finished, to remind of. */
  drafts: { indexes: [{ fields: ['due'] }] },
  /** One-time codes that were sent to a chat, and how often a wrong one was typed. */
  codes: { indexes: [{ fields: ['expires'] }] },
  /** Members of staff. */
  accounts: { indexes: [{ fields: ['email'], unique: true }, { fields: ['at'] }] },
  invitations: { indexes: [{ fields: ['expires'] }] },
  sessions: { indexes: [{ fields: ['account', 'expires'] }, { fields: ['expires'] }] },
  /** Who did, saw or was refused what; append-only. */
  audit: { indexes: [{ fields: ['at'] }, { fields: ['about', 'at'] }, { fields: ['by', 'at'] }] },
  /** Questions that the FAQ could not answer. */
  gaps: { indexes: [{ fields: ['at'] }] },
  /** What a member of staff should do. */
  tasks: { indexes: [{ fields: ['status', 'at'] }] },
  /** Completed forms that staff read. */
  submissions: {
    indexes: [
      { fields: ['reference'], unique: true },
      { fields: ['at'] },
      { fields: ['form', 'at'] },
      { fields: ['status', 'at'] },
      { fields: ['form', 'status', 'at'] },
      { fields: ['noticesDue'] },
    ],
  },
  /** Interviews: `slot` is a time that is taken, `holder` the conversation whose open booking it is. */
  appointments: {
    indexes: [
      { fields: ['slot'], unique: true },
      { fields: ['holder'], unique: true },
      { fields: ['start'] },
      { fields: ['status', 'start'] },
      { fields: ['conversation', 'at'] },
      { fields: ['noticesDue'] },
      { fields: ['due'] },
    ],
  },
  /** Whom was asked how the service was, and when; not what they said. */
  questions: { indexes: [{ fields: ['due'] }, { fields: ['conversation', 'askedAt'] }, { fields: ['askedAt'] }] },
  /** What they said, sealed, until there is enough of it to be read. One document. */
  ballots: { indexes: [] },
  /** What was taken out of it: counts of groups of five and more, and comments. */
  ratings: { indexes: [{ fields: ['week'] }] },
  /** Chats that want to hear what was improved, or want to be asked nothing more. */
  listeners: { indexes: [{ fields: ['since'] }, { fields: ['noticesDue'] }] },
  /** What was done about what was heard. */
  improvements: { indexes: [{ fields: ['date'] }, { fields: ['telling'] }] },
  /** Facts about files that people sent; the content is in `store/blobs`. */
  files: { indexes: [{ fields: ['at'] }] },
  /** Small records of the deployment itself: keys, cursors. */
  settings: { indexes: [] },
} as const satisfies Record<string, CollectionSchema>;

export type CollectionName = keyof typeof schema;
